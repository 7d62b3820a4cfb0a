import type { LibraryModel, Member, Operation } from '../vocabulary/model.ts';

const pure: Operation = { pure: true };
const rows = (names: string, operation: Operation): Record<string, Member> => Object.fromEntries(names.split(' ').map((name) => [name, operation]));
const schema: Operation = { returns: { type: 'Schema' } };

/** `joi` and `yup`: schemas are built by chains, and asked by methods. */
const chains: Record<string, Member> = {
  ...rows('object string number boolean date array any alternatives binary func link symbol mixed bool tuple lazy ref', schema),
  attempt: { returns: 'a0' }, assert: pure,
};

export default {
  name: 'validators',
  packages: ['valibot', 'joi', 'yup', 'ajv', 'ajv/*', 'ajv-formats', 'class-validator', 'class-transformer', 'superstruct', '@sinclair/typebox', '@sinclair/typebox/*', 'typebox', 'arktype', 'io-ts', 'runtypes'],
  source: 'valibot 1.5, joi 18.3, yup 1.7, ajv 8.20, class-validator, class-transformer, superstruct; typebox from memory',
  verified: 'types',
  exports: {
    ...chains,
    default: 'Default', Joi: 'Default', Ajv: 'Ajv',
    // valibot: (schema, value)
    ...rows('parse parseAsync', { returns: 'a1' }), ...rows('safeParse safeParseAsync parser safeParser is pipe', pure),
    // superstruct: (value, struct)
    ...rows('create mask', { returns: 'a0' }),
    // class-validator and class-transformer: (value) and (class, value)
    ...rows('validate validateSync validateOrReject', pure),
    ...rows('plainToInstance plainToClass plainToClassFromExist', { returns: 'a1' }), ...rows('instanceToPlain classToPlain instanceToInstance', { returns: 'a0' }),
    // typebox
    Value: { members: { ...rows('Check Errors Equal Hash', pure), ...rows('Parse Decode Cast Convert Clean Default', { returns: 'a1' }), Assert: pure } },
    TypeCompiler: { members: { Compile: { returns: { type: 'Compiled' } } } },
    Type: 'platform#Pure',
  },
  types: {
    /** The default export: of `joi` an object, of `ajv` a class. */
    Default: { members: { ...chains, '*': schema }, construct: { returns: { type: 'Ajv', handle: 'new' } } },
    Schema: {
      aliases: ['AnySchema', 'ObjectSchema', 'StringSchema', 'default.Schema', 'default.ObjectSchema', 'default.AnySchema'],
      members: {
        /** joi answers `{ error, value }`, yup the value or throws. */
        ...rows('validate validateSync isValid isValidSync describe', pure),
        ...rows('validateAsync cast', { returns: 'a0' }),
        '*': schema,
      },
    },
    Ajv: {
      aliases: ['default', 'Ajv2020', 'Ajv2019'],
      construct: { returns: { type: 'Ajv', handle: 'new' } },
      members: { compile: { returns: { type: 'ValidateFunction' } }, compileAsync: { returns: { type: 'ValidateFunction' } }, getSchema: { returns: { type: 'ValidateFunction' } }, validate: pure, ...rows('addSchema addFormat addKeyword addMetaSchema', { returns: 'this' }), errorsText: pure },
    },
    ValidateFunction: { call: pure },
    Compiled: { aliases: ['TypeCheck'], members: { ...rows('Check Errors Code', pure), Decode: { returns: 'a0' } } },
  },
} satisfies LibraryModel;
