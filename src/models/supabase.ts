import type { EffectShape, LibraryModel, Member, Operation } from '../vocabulary/model.ts';

type Members = Readonly<Record<string, Member>>;

const step: Operation = { returns: 'this' };
/** The result is `{ data, error }` and never throws unless told. */
const read: EffectShape = { kind: 'read', action: 'find', system: 'sql', cardinality: 'many', rows: 'data' };
const write: EffectShape = { kind: 'write', system: 'sql', affected: 'data', rows: 'data' };
const filter = { type: 'PostgrestFilterBuilder', resource: 'this' } as const;

const compares: Operation = { effect: { criteria: ['knex', 'args'] }, returns: 'this' };
const listed: Operation = { effect: { criteria: ['knex', 'args'], inUrl: true }, returns: 'this' };
/** A condition that is no comparison of a column with a value. */
const opaque: Operation = { effect: { criteria: ['filters', '#raw'] }, returns: 'this' };

const filters: Members = {
  eq: compares, in: listed, is: compares, match: compares, neq: compares, gt: compares, gte: compares, lt: compares, lte: compares, notIn: listed,
  like: opaque, ilike: opaque, likeAllOf: opaque, likeAnyOf: opaque, ilikeAllOf: opaque, ilikeAnyOf: opaque, contains: opaque, containedBy: opaque, overlaps: opaque,
  rangeGt: opaque, rangeGte: opaque, rangeLt: opaque, rangeLte: opaque, rangeAdjacent: opaque, textSearch: opaque, not: opaque, isDistinct: opaque, filter: opaque, or: opaque,
  order: { effect: { order: ['knex', 'args'] }, returns: 'this' },
  limit: { effect: { limit: 'a0' }, returns: 'this' },
  range: { effect: { offset: 'a0', limit: 'a1' }, returns: 'this' },
  single: { effect: { cardinality: 'one' }, returns: 'this' },
  maybeSingle: { effect: { cardinality: 'one' }, returns: 'this' },
  abortSignal: { effect: { deadlineOption: 'a0' }, returns: 'this' },
  // On a write: asks for the rows it wrote.
  select: step,
  throwOnError: step, returns: step, overrideTypes: step, csv: step, geojson: step, explain: step, rollback: step, setHeader: step, maxAffected: step,
};

const database: Members = {
  from: { returns: { type: 'PostgrestQueryBuilder', resource: 'a0' } },
  // What the function does inside the database is not seen here.
  rpc: { effect: { kind: 'call', action: 'execute', system: 'sql', resource: 'a0', values: ['object', 'a1'], rows: 'data' }, returns: { type: 'PostgrestFilterBuilder' } },
  schema: { returns: { type: 'PostgrestClient' } },
};

const made: Operation = { returns: { type: 'SupabaseClient', handle: 'new' } };

export default {
  name: 'supabase',
  packages: ['@supabase/supabase-js', '@supabase/ssr', '@supabase/postgrest-js', '@supabase/auth-helpers-nextjs'],
  exports: {
    createClient: made,
    SupabaseClient: 'SupabaseClient',
    PostgrestClient: 'PostgrestClient',
    createServerClient: made,
    createBrowserClient: made,
    createServerComponentClient: made,
    createRouteHandlerClient: made,
  },
  types: {
    SupabaseClient: {
      role: 'client',
      construct: made,
      members: {
        ...database,
        functions: { members: { invoke: { effect: { kind: 'call', action: 'request', system: 'http', resource: 'a0', method: '#POST', values: ['object', 'a1.body'] } } } },
      },
    },
    PostgrestClient: { role: 'client', construct: { returns: { type: 'PostgrestClient', handle: 'new' } }, members: database },
    PostgrestQueryBuilder: {
      members: {
        select: [
          { when: [{ at: 'a1.head', equals: true }], effect: { ...read, action: 'count' }, returns: filter },
          { effect: { ...read, batchCounterpart: 'in' }, returns: filter },
        ],
        insert: [
          { when: [{ at: 'a0', kind: 'object' }], effect: { ...write, action: 'insert', values: ['object', 'a0'], repeatable: false, batchCounterpart: 'insert' }, returns: filter },
          { effect: { ...write, action: 'insert', values: ['object', 'a0'], items: 'a0', repeatable: false }, returns: filter },
        ],
        upsert: [
          {
            when: [{ at: 'a1.ignoreDuplicates', equals: true }],
            effect: { ...write, action: 'insert', values: ['object', 'a0'], items: 'a0', onConflict: 'ignore', conflictTarget: 'a1.onConflict', repeatable: true },
            returns: filter,
          },
          {
            effect: { ...write, action: 'upsert', values: ['object', 'a0'], items: 'a0', onConflict: 'update', conflictTarget: 'a1.onConflict', scope: 'payload', repeatable: true },
            returns: filter,
          },
        ],
        update: { effect: { ...write, action: 'update', values: ['object', 'a0'], scope: 'payload', repeatable: true }, returns: filter },
        delete: { effect: { ...write, action: 'delete', repeatable: true }, returns: filter },
      },
    },
    PostgrestFilterBuilder: { aliases: ['PostgrestTransformBuilder', 'PostgrestBuilder'], lazy: 'await', members: filters },
  },
  source: '@supabase/postgrest-js@2.109.0 dist/index.d.mts; @supabase/supabase-js@2.109.0; factories of @supabase/ssr and auth-helpers: memory',
  verified: 'types',
} satisfies LibraryModel;
