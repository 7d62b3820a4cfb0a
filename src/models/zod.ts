import type { LibraryModel, Member, Operation } from '../vocabulary/model.ts';

/** A schema's answer is what was given, with its shape assured. */
const checked: Operation = { checks: { schema: 'this', value: 'a0' } };
const safely: Operation = { checks: { schema: 'this', value: 'a0', at: 'data' } };
const schema: Operation = { returns: { type: 'ZodType' } };
const made = (shape: NonNullable<Operation['schema']>): Operation => ({ ...schema, schema: shape });
const rows = (names: string, operation: Operation): Record<string, Member> => Object.fromEntries(names.split(' ').map((name) => [name, operation]));

const factories: Record<string, Member> = {
  ...rows('object strictObject looseObject string number bigint boolean date symbol undefined null void any unknown never literal array tuple record map set enum nativeEnum union discriminatedUnion intersection optional nullable nullish lazy promise function instanceof custom preprocess transform pipe email url uuid guid cuid cuid2 ulid nanoid base64 base64url ipv4 ipv6 cidrv4 jwt iso int int32 float32 float64 stringbool json templateLiteral file codec', schema),
  ...rows('object strictObject looseObject', made({ fields: 'a0' })), array: made({ items: 'a0' }), record: made({ items: 'a1' }), tuple: made({ max: 'a0' }), ...rows('optional nullable nullish', made({ like: 'a0' })),
  coerce: 'Coerce', iso: 'Coerce',
  ...rows('parse parseAsync decode encode', { checks: { schema: 'a0', value: 'a1' } }), ...rows('safeParse safeParseAsync safeDecode', { checks: { schema: 'a0', value: 'a1', at: 'data' } }), ...rows('prettifyError treeifyError flattenError formatError toJSONSchema registry config setErrorMap', { pure: true }),
  ZodError: 'platform#Pure', NEVER: 'platform#Pure',
};

export default {
  name: 'zod',
  packages: ['zod', 'zod/*', '@hono/zod-validator', '@hono/standard-validator'],
  source: 'zod 4.6 (classic); version 3 and the validators of Hono from memory',
  verified: 'types',
  exports: {
    ...factories, default: 'Zod', z: 'Zod',
    /** Hono's: middleware that puts the parsed part where `c.req.valid` finds it. */
    zValidator: { pure: true }, sValidator: { pure: true },
  },
  types: {
    Zod: { members: factories },
    Coerce: { members: { '*': schema } },
    ZodType: {
      aliases: ['ZodSchema', 'ZodTypeAny', 'ZodObject', 'ZodArray', 'ZodEffects', 'ZodUnion', 'ZodDiscriminatedUnion', 'Schema', 'z.ZodType', 'z.ZodSchema', 'z.ZodTypeAny', 'z.ZodObject', 'z.Schema', 'default.ZodType', 'default.ZodSchema', 'default.ZodTypeAny', 'default.ZodObject', 'AnyZodObject', 'z.AnyZodObject'],
      members: {
        parse: checked, parseAsync: checked, decode: checked, decodeAsync: checked, encode: checked,
        ...rows('safeParse safeParseAsync safeDecode safeDecodeAsync spa', safely), ...rows('isOptional isNullable', { pure: true }),
        shape: 'Shape', element: 'ZodType', options: 'platform#Pure',
        array: made({ items: 'this' }), ...rows('max length', made({ like: 'this', max: 'a0' })), ...rows('extend safeExtend', made({ like: 'this', fields: 'a0' })), merge: made({ like: 'this' }),
        /** What comes out is another thing. */
        ...rows('transform pipe catchall or', schema),
        '*': made({ like: 'this' }),
      },
    },
    Shape: { members: { '*': 'ZodType' } },
  },
} satisfies LibraryModel;
