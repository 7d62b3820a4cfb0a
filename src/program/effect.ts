import type { Span } from '../vocabulary/ir.ts';
import type { Action, EffectKind, EffectShape, System } from '../vocabulary/model.ts';
import type { Selected } from './dialects/selection.ts';
import type { CallSite, Frame } from './frame.ts';
import type { CallPlace, Resending, Value } from './value.ts';

/** One condition of a read's or write's selection. `op` is `=`, `in`, `<`, …, `null`, `not-null` or `?`. */
export interface Criterion {
  readonly field: string;
  readonly op: string;
  readonly value: Value;
  /** `in` of a column that the schema shows not to be unique: of each value there may be many rows. */
  readonly many?: true;
}

/** One field that a write gives. `how`: an absolute value, or a change the store computes from the stored value. */
export interface FieldValue {
  readonly field: string;
  readonly value: Value;
  readonly how: 'set' | 'atomic';
  /** A change that leaves the same when it is done again: added to a set, taken out of a list, raised to at least. */
  readonly repeatable?: true;
  /** Only given where this holds: `...(isFirst && { firstAt: now })`. */
  readonly when?: Value;
  /** Only given when the row is inserted (`create` of an upsert, `$setOnInsert`). */
  readonly onInsert?: true;
}

export interface OrderKey {
  readonly field: string;
  readonly descending: boolean;
}

/** What one library call does to another machine, as far as the code says. */
export interface Effect {
  readonly kind: EffectKind;
  readonly action: Action;
  readonly system: System;
  readonly library: string;
  /** As a person would name it: `prisma.order.update`, `SendMessageCommand`. */
  readonly label: string;
  /** Name of the table, model, queue, topic or host, when it is a constant. */
  readonly resource: string | null;
  readonly resourceValue: Value | null;
  /** Client or transaction it goes through. */
  readonly handle: Value | null;
  readonly where: readonly Criterion[];
  /** The criteria hold more than `where` tells. */
  readonly whereOpen: boolean;
  readonly values: readonly FieldValue[];
  /** The values hold more than `values` tells (a spread or parameter); those values. */
  readonly rest: readonly Value[];
  /** The entity that is saved or deleted, when the call names a record by value and not by criteria. */
  readonly entity: Value | null;
  readonly order: readonly OrderKey[] | null;
  readonly orderOpen: boolean;
  /** The order as it was given, where it is one value. */
  readonly orderValue: Value | null;
  readonly limit: Value | number | null;
  readonly offset: Value | null;
  readonly cursor: Value | null;
  /** What stands behind the `?` of the URL. */
  readonly query?: Value;
  /** The list that the call carries. */
  readonly items: Value | null;
  readonly locking: boolean;
  readonly skipLocked: boolean;
  /** Columns by which a query inside of the statement picks some of the rows that it changes, without locking them. */
  readonly picks?: readonly string[];
  /** A lock of the database by name: how long it is held. */
  readonly advisory: 'transaction' | 'session' | null;
  /** The write is refused when the stored state is not the expected one. */
  readonly conditional: 'yes' | 'no' | 'unknown';
  readonly onConflict: 'fail' | 'ignore' | 'update';
  readonly method: string | null;
  readonly key: Value | null;
  /** How long the record, or the lock, is kept. */
  readonly expiry: Value | null;
  /** The deadline that the call, or the client when it was made, was given. */
  readonly deadline: Value | null;
  /** Runs of the job, as the call or the queue says, and the pause between them. */
  readonly attempts: Value | null;
  readonly pause: Value | null;
  /** The message comes only after this time, or at it. */
  readonly later?: Value;
  /** What the call, or the client when it was made, was told about trying again by itself. */
  readonly retries: Value | null;
  /** What was put around the client sends it again. */
  readonly resent?: Resending;
  /** A deadline given where the library does not read it. */
  readonly ignoredDeadline: boolean;
  /** The argument where the call would give its deadline. */
  readonly options: Value | null;
  /** Where the library reads the key, whether or not one was given. */
  readonly shape: EffectShape;
  /** Columns of the result that count or sum rows. */
  readonly counts: readonly string[];
  /** Names in the result that are not those of columns. */
  readonly selects?: ReadonlyMap<string, Selected>;
  readonly args: readonly Value[];
  readonly weight: 'business' | 'cache' | 'telemetry';
  result: Value;
}

/** A test that holds (or not) wherever a later event is reached. */
export interface Guard {
  readonly test: Value;
  readonly holds: boolean;
  /** Identity of the branching statement in its activation: equal branch, opposite sides exclude each other. */
  readonly branch: object;
  readonly span: Span;
  readonly frame: Frame;
  /** `exit`: read off an earlier `if (…) return`; `way`: nothing else leads out of a loop, or a function; `value`: decides which fields are written; `together`: not all of these tests hold. */
  readonly by: 'if' | 'exit' | 'way' | 'value';
  readonly together?: readonly Guard[];
}

export type RegionKind = 'opaque' | 'context' | 'transaction' | 'lock' | 'retry' | 'limit' | 'step' | 'idempotent' | 'timeout' | 'deferred' | 'background' | 'each' | 'loop' | 'entry';

/** A stretch of execution with a property: inside a transaction, under a lock, once for each item. */
export interface Region {
  readonly id: number;
  readonly kind: RegionKind;
  readonly span: Span;
  readonly frame: Frame | null;
  /** transaction: its handle. */
  readonly handle: Value | null;
  /** transaction: isolation; lock: key; limit: concurrency; retry: attempts. */
  readonly value: Value | null;
  readonly ambient: boolean;
  readonly reruns: boolean;
  readonly local: boolean;
  /** each, loop: the collection. */
  readonly over: Value | null;
  /** each, loop: a `break` or `return` in it ends it. */
  left?: true;
  /** opaque: what the function gives is awaited. */
  readonly waited?: true;
  /** each: the elements arrive one by one (`for await`). */
  readonly stream?: true;
  /** each: the iterations overlap. */
  parallel: boolean;
  /** transaction: the client it was opened on. */
  readonly client: Value | null;
  /** What runs again after a failure. */
  retry?: Retry;
  /** background: again and again, in each process that runs this. */
  readonly everywhere?: true;
}

/** A retry: a library's, or a loop that goes on after a failure and ends with success. */
export interface Retry {
  /** The `try` of a loop: what fails in there is done again. */
  readonly tries: Span | null;
  /** The calls whose answers say that they failed: those are done again. */
  readonly answers?: readonly Effect[];
  /** Nothing ends it but success. */
  readonly endless: boolean;
  readonly pause: 'none' | 'constant' | 'growing' | 'unknown';
  /** The pauses between attempts, as far as they are in view. */
  readonly waits?: readonly Value[];
  /** What the answer says is not looked at: what is refused for good is tried again like what may pass. */
  readonly blind?: true;
}

/** An enclosing `try` with a handler, or a `.catch`. */
export interface Attempt {
  readonly span: Span;
  readonly frame: Frame;
  /** What the handler does on some path: throws on, or ends normally. */
  rethrows: 'always' | 'sometimes' | 'never' | 'unknown';
  /** The handler tells a unique violation, or an unmet condition, from other errors. */
  recognises: Set<'unique' | 'condition' | 'any'>;
  /** Indices of the occurrences of the handler. */
  handler: readonly [number, number];
  /** What the handler returned, in the activation it stands in; undefined values included. */
  returns: readonly Value[];
  /** The handler kept something for later: gave a variable or member a value, put something in a list. */
  keeps: boolean;
  /** The handler left the activation, or the round of a loop, by itself. */
  leaves: boolean;
  /** Where the handler begins. */
  readonly caught: Span;
  /** Calls of the handler whose results it waits for. */
  readonly waits: number;
  /** A `try`: the failure of a promise that is dropped within never comes to it. */
  readonly isStatement?: true;
}

/** A call whose promise was dropped, and the occurrences, [from, to), that it brought about. */
export interface Detached extends CallPlace {
  readonly from: number;
  readonly to: number;
}

/** An effect in its place on the way from an entry point. */
export interface Occurrence {
  readonly index: number;
  readonly effect: Effect;
  readonly frame: Frame;
  readonly span: Span;
  /** Calls from the root to the effect's own frame, outermost first. */
  readonly stack: readonly CallSite[];
  readonly guards: readonly Guard[];
  readonly regions: readonly Region[];
  attempts: readonly Attempt[];
  /** The handler this stands in, when it runs only after a failure. */
  readonly inHandler: Attempt | null;
  /** What becomes of the promise. */
  use: 'awaited' | 'returned' | 'collected' | 'dropped' | 'unknown';
  /** Stretches of the execution that it is part of and that nobody waits for, innermost first. */
  readonly detached: Detached[];
  /** `each` and `loop` regions whose iterations do not wait for this effect. */
  readonly overlaps: Set<Region>;
  /** Its outcome goes elsewhere than to the caller: its promise stands in a list of a function around, or a callback is told. To drop the call is not to drop this. */
  handedOut?: true;
  /** Waited for together with a timer, of so many milliseconds where they are in view: no longer than that. */
  bounded?: { readonly after: Value | null };
  /** Where the promises that overlap are awaited together. */
  collector?: { readonly frame: Frame; readonly span: Span };
}
