import type { FunctionIR } from '../vocabulary/ir.ts';
import type { EffectKind } from '../vocabulary/model.ts';
import { fromMessage } from './bounds.ts';
import type { Attempt, Detached, Guard, Occurrence } from '../program/effect.ts';
import { typeOf } from '../program/evaluate.ts';
import { type Frame, isWithin } from '../program/frame.ts';
import { rootOf } from '../program/operation.ts';
import { before } from './records.ts';
import { type CallPlace, type Value, optionsOf, settled } from '../program/value.ts';

/** The innermost dropped promise because of which the work may still be going on when the other effect happens; with null, when the handler returns. */
export const droppedBefore = (work: Occurrence, after: Occurrence | null): Detached | null =>
  work.detached.find(({ from, to }) => after === null || after.index < from || after.index >= to) ?? null;

/** The failure of the work comes to a handler where its promise was dropped, or `below`, which does not only throw it on. */
export const isHandledAt = (work: Occurrence, dropped: CallPlace, below: boolean): boolean =>
  work.attempts.some((attempt) => (attempt.frame === dropped.frame ? attempt.isStatement !== true : below && isWithin(attempt.frame, dropped.frame)) && attempt.rethrows !== 'always');

const HANDED_OFF = new Set(['insert', 'upsert', 'save', 'replace']);

/** The message, or what is to be done about it, was stored or passed on before it was acknowledged: whoever takes that over does the rest. */
export const handedOff = (all: readonly Occurrence[], ack: Occurrence): Occurrence | null =>
  all.find((other) => other.index < ack.index && other.effect.weight === 'business' && (other.effect.kind === 'publish' || (other.effect.kind === 'write' && HANDED_OFF.has(other.effect.action))) && other.effect.system !== 'process' && droppedBefore(other, ack) === null && before(other, ack)) ?? null;

const WORK = new Set<EffectKind>(['write', 'publish', 'send', 'charge', 'call']);

/** What a message asks for: a change outside of the process, not the queue's own bookkeeping; or a handler out of view that is given the message. */
export function isWork(occurrence: Occurrence, handler: FunctionIR, isEntry: boolean): boolean {
  const { effect } = occurrence;
  const { kind, weight, system } = effect;
  if (weight !== 'business' || occurrence.guards.some(isFirstUse)) return false;
  if (kind === 'delegate') return isEntry && isHandedIn(effect.resourceValue, handler) && promises(effect.resourceValue) !== false && effect.args.some((arg) => fromMessage(arg, handler));
  // Told to whoever listens at the moment: it may be lost anyway.
  if (kind === 'publish' && effect.shape.delivery === 'at-most-once') return false;
  return WORK.has(kind) && !(kind === 'call' && (system === 'queue' || system === 'stream')) && system !== 'process' && system !== 'files';
}

/** `if (Mail.queue) return Mail.queue`: what follows is done once in a process, when the client is made, whatever message comes first. */
function isFirstUse({ test, holds, together }: Guard): boolean {
  let [made, there] = [settled(test), holds];
  for (; made.k === 'derived' && (made.op === '!' || made.op === 'Boolean'); made = settled(made.from[0]!)) there = made.op === '!' ? !there : there;
  if (there || together !== undefined) return false;
  const options = optionsOf(made);
  return options.some(isClient) && options.every((option) => isClient(option) || option.k === 'undefined' || (option.k === 'literal' && option.value === null));
}

const isClient = (value: Value): boolean => value.k === 'library' && value.row === undefined && value.pending === undefined && value.handle !== null;

/** Given by whoever set the handler up: a parameter of a function around it, or part of one. */
function isHandedIn(callee: Value | null, handler: FunctionIR): boolean {
  const root = callee === null ? null : rootOf(callee);
  return root?.k === 'param' && root.fn !== handler;
}

/** Whether its declared type gives a promise: `(message: T) => Promise<void>`; undefined where the type does not say. */
export function promises(callee: Value | null): boolean | undefined {
  const type = callee === null ? undefined : typeOf(callee)?.type;
  if (type?.name !== '=>' || type.return === undefined) return undefined;
  const results = type.return.name === '|' ? (type.return.args ?? []) : [type.return];
  return results.some((result) => result.name === 'Promise' || result.name === 'PromiseLike');
}

const QUEUES = new Set<string>(['queue', 'stream', 'pubsub', 'jobs']);

/** The function itself fetched the messages that it acknowledges. */
export const polls = (all: readonly Occurrence[], ack: Occurrence): boolean => QUEUES.has(ack.effect.system) && all.some((other) => other.effect.kind === 'read' && other.effect.system === ack.effect.system && other.index < ack.index);

export const isOfQueue = (ack: Occurrence): boolean => QUEUES.has(ack.effect.system);

/** Effects of a handler after which the failure is no longer only in the log: kept for later, passed on, given back. */
const RECORDS = new Set<EffectKind>(['write', 'publish', 'send', 'charge', 'call', 'nack', 'delegate']);

/**
 * The handler that takes the work's failure for itself, so that whoever delivered the message hears nothing of it. Null where the failure
 * goes on, is recorded, or may be looked at later. `explicit`: a message counts as done only when the code says so.
 */
export function swallowedBy(all: readonly Occurrence[], work: Occurrence, explicit: boolean, isRoot: (frame: Frame) => boolean): Attempt | null {
  if (work.regions.some((region) => region.kind === 'step')) return null;
  for (const attempt of [...work.attempts].reverse()) {
    // The promise was dropped within: its failure never comes here.
    if (work.detached.some(({ frame }) => isWithin(frame, attempt.frame))) return null;
    if (attempt.rethrows === 'always') continue;
    if (attempt.rethrows !== 'never' || attempt.keeps) return null;
    const handled = all.slice(...attempt.handler);
    if (handled.some(({ effect }) => RECORDS.has(effect.kind) && effect.weight === 'business')) return null;
    const acks = handled.filter(({ effect }) => effect.kind === 'ack');
    // What it waits for, and is not in view, may be anything.
    if (attempt.waits > handled.filter(({ use, effect }) => effect.kind === 'ack' || use === 'awaited' || use === 'returned').length) return null;
    if (explicit) return acks.length > 0 || all.some((later) => later.effect.kind === 'ack' && later.index >= attempt.handler[1] && later.inHandler === null && isReached(later, attempt)) ? attempt : null;
    return attempt.returns.every((value) => value.k === 'undefined' || (isRoot(attempt.frame) && answers(value) === 'success')) ? attempt : null;
  }
  return null;
}

/** Put back whenever its work fails: nothing in the handler of the failure asks anything, and nothing in the execution asks how often the message came. */
export function requeuedBlindly(nack: Occurrence, tests: readonly Value[], deliveries: readonly string[]): boolean {
  const attempt = nack.inHandler;
  if (nack.effect.shape.requeues !== true || attempt === null) return false;
  const inHandler = nack.guards.some((guard) => (guard.frame === attempt.frame ? guard.span[0] >= attempt.caught[0] && guard.span[1] <= attempt.caught[1] : isWithin(guard.frame, attempt.frame)));
  const names = new Set(deliveries.map((path) => path.slice(path.lastIndexOf('.') + 1)));
  return !inHandler && !tests.some((test) => asksFor(test, names, 0));
}

/** What is handed the whole message out of view may ask it, and so may what is too deep to be looked at. */
function asksFor(value: Value, names: ReadonlySet<string>, depth: number): boolean {
  if (depth > 8) return true;
  switch (value.k) {
    case 'access': return (typeof value.key === 'string' && names.has(value.key)) || asksFor(value.of, names, depth + 1) || (typeof value.key === 'object' && asksFor(value.key, names, depth + 1));
    case 'derived': return value.from.some((from) => asksFor(from, names, depth + 1) || (value.op === 'call' && from.k === 'library' && from.type.shape.role === 'message'));
    case 'phi': return value.options.some((option) => asksFor(option, names, depth + 1));
    case 'item': return asksFor(value.of, names, depth + 1);
    default: return false;
  }
}

/** After a handler that left, only its own `finally` runs. */
const isReached = (later: Occurrence, attempt: Attempt): boolean => !attempt.leaves || (later.frame === attempt.frame && later.span[0] >= attempt.span[0] && later.span[1] <= attempt.span[1]);

/** What a returned value tells the caller: a status of 400 and above is a failure, and so may be one that is not in view. */
function answers(value: Value, depth = 0): 'success' | 'failure' | 'unknown' {
  if (depth > 3) return 'unknown';
  switch (value.k) {
    case 'literal': return typeof value.value === 'number' && value.value >= 400 && value.value < 600 ? 'failure' : 'success';
    case 'undefined': return 'success';
    case 'object': {
      const status = value.props.get('status') ?? value.props.get('statusCode');
      if (value.spreads.length > 0) return 'unknown';
      if (status === undefined) return 'success';
      return status.k !== 'literal' ? 'unknown' : answers(status);
    }
    case 'library': return value.args.length === 0 ? 'unknown' : worst(value.args.map((arg) => answers(arg, depth + 1)));
    case 'derived': return value.op === 'call' ? 'unknown' : worst(value.from.map((from) => (from.k === 'object' || from.k === 'literal' || from.k === 'undefined' ? answers(from, depth + 1) : 'success')));
    default: return 'unknown';
  }
}

const worst = (parts: readonly ('success' | 'failure' | 'unknown')[]): 'success' | 'failure' | 'unknown' => (parts.includes('failure') ? 'failure' : parts.includes('unknown') ? 'unknown' : 'success');
