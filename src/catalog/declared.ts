import { createRequire } from 'node:module';
import { parse, YAMLParseError } from 'yaml';
import type * as zod from 'zod';
import type { FunctionIR } from '../vocabulary/ir.ts';
import type { EffectKind, LibraryModel, Operation, RegionShape } from '../vocabulary/model.ts';

/** What the project says of a function of its own, or what is wrong with how it says it. */
export type Declared = { readonly operation: Operation } | { readonly problem: string };

/** Whose operations these are: the analysed project's. */
export const PROJECT: LibraryModel = { name: 'project', packages: [], types: {}, source: 'JSDoc tags in front of the function', verified: 'docs' };

const KINDS = ['read', 'write', 'publish', 'send', 'charge', 'call', 'lock', 'unlock', 'ack', 'nack', 'verify', 'delegate'] satisfies EffectKind[];
const REGIONS = ['transaction', 'lock', 'retry', 'limit', 'step', 'idempotent', 'timeout', 'deferred', 'background'] satisfies RegionShape['kind'][];

/** The part of an operation that a function in view can need; what is within an effect is checked as loosely as in a config. */
const schemaOf = ({ z }: typeof zod) => z.strictObject({
  effect: z.looseObject({ kind: z.enum(KINDS) }).optional(),
  invokes: z.array(z.looseObject({ fn: z.string(), region: z.looseObject({ kind: z.enum(REGIONS) }).optional() })).optional(),
  returns: z.union([z.string(), z.looseObject({ type: z.string() })]).optional(),
  transaction: z.looseObject({ is: z.enum(['begin', 'commit', 'rollback']) }).optional(),
  yields: z.enum(['clock', 'monotonic', 'random', 'id', 'sortable-id', 'server-clock']).optional(),
  bounds: z.string().optional(),
  pure: z.literal(true).optional(),
});

/** Few programs have tags, and to load the validator takes a third of the plugin's start. */
let schema: ReturnType<typeof schemaOf> | undefined;

const known = new WeakMap<FunctionIR, Declared>();

/**
 * Reads the `@distributed …` tags in front of a function: keys of an operation, one or more a tag, in YAML, a bare word standing for
 * `true`. Null when there are none. Such a function is not followed: it does what its tags say.
 */
export function declared(fn: FunctionIR): Declared | null {
  if (fn.tags === undefined || fn.tags.length === 0) return null;
  let found = known.get(fn);
  if (found === undefined) known.set(fn, (found = read(fn.tags)));
  return found;
}

function read(tags: readonly string[]): Declared {
  let value: unknown;
  try {
    value = parse(tags.map((tag) => (/^[a-z]+$/.test(tag) ? `${tag}: true` : tag)).join('\n'));
  } catch (error) {
    if (error instanceof YAMLParseError) return { problem: `@distributed: ${error.message.split('\n')[0]!.replace(/ at line \d+, column \d+:?$/, '')}` };
    throw error;
  }
  schema ??= schemaOf(createRequire(import.meta.url)('zod') as typeof zod);
  const parsed = schema.safeParse(value);
  if (parsed.success) return { operation: parsed.data as Operation };
  const issue = parsed.error.issues[0]!;
  const at = issue.path.length === 0 ? '' : `${issue.path.join('.')}: `;
  if (issue.code === 'unrecognized_keys') return { problem: `@distributed: ${at}unknown key "${issue.keys[0]}"; known are ${Object.keys(schema.shape).join(', ')}` };
  return { problem: `@distributed: ${at}${issue.message}` };
}
