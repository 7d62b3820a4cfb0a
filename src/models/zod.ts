import type { LibraryModel, Member, Operation } from '../vocabulary/model.ts';

/** A schema's answer is what was given, with its shape assured. */
const checked: Operation = { returns: 'a0' };
const schema: Operation = { returns: { type: 'ZodType' } };
const rows = (names: string, operation: Operation): Record<string, Member> => Object.fromEntries(names.split(' ').map((name) => [name, operation]));

const factories: Record<string, Member> = {
  ...rows('object strictObject looseObject string number bigint boolean date symbol undefined null void any unknown never literal array tuple record map set enum nativeEnum union discriminatedUnion intersection optional nullable nullish lazy promise function instanceof custom preprocess transform pipe email url uuid guid cuid cuid2 ulid nanoid base64 base64url ipv4 ipv6 cidrv4 jwt iso int int32 float32 float64 stringbool json templateLiteral file codec', schema),
  coerce: 'Coerce', iso: 'Coerce',
  ...rows('parse parseAsync decode encode', { returns: 'a1' }), ...rows('safeParse safeParseAsync safeDecode prettifyError treeifyError flattenError formatError toJSONSchema registry config setErrorMap', { pure: true }),
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
        ...rows('safeParse safeParseAsync safeDecode safeDecodeAsync spa isOptional isNullable', { pure: true }),
        shape: 'Shape', element: 'ZodType', options: 'platform#Pure',
        '*': schema,
      },
    },
    Shape: { members: { '*': 'ZodType' } },
  },
} satisfies LibraryModel;
