import type { Effect, Guard, Occurrence } from '../program/effect.ts';
import type { Machine } from '../program/machine.ts';
import { originsOf } from '../program/origins.ts';
import { writtenFields } from './records.ts';
import { type Value, settled } from '../program/value.ts';

/** A member of what the consumer was sent: `['data', 'object', 'status']`. */
type Path = readonly string[];

const REMOTE = new Set(['payment', 'http', 'rpc']);

/**
 * The members of the message that a value was taken or computed from, also by asking another service about one of them. What a store
 * returned is no part of the message.
 */
function pathsIn(given: Value, handler: object, into: Path[], tail: Path, depth: number): void {
  const value = settled(given);
  if (depth > 12 || into.length > 12) return;
  const next = (part: Value, path: Path = []): void => pathsIn(part, handler, into, path, depth + 1);
  switch (value.k) {
    case 'param': if (value.fn === handler) into.push(tail); break;
    case 'library':
      if (value.row !== undefined) next(value.row, tail);
      else if (value.type.shape.role === 'message' || value.type.shape.event !== undefined) into.push(tail);
      break;
    case 'access': next(value.of, typeof value.key === 'string' ? [value.key, ...tail] : tail); break;
    case 'item': next(value.of, ['[]', ...tail]); break;
    case 'row':
      if (value.effect.kind === 'verify') into.push([...value.path, ...tail]);
      else if (value.effect.kind === 'read' && REMOTE.has(value.effect.system)) for (const arg of value.effect.args) next(arg);
      break;
    case 'derived': for (const from of value.from) next(from, PARSES.has(value.op) ? tail : []); break;
    case 'phi': for (const option of value.options) next(option, tail); break;
    case 'template': for (const part of value.values) next(part); break;
    case 'object': {
      const [head, ...rest] = tail;
      if (head !== undefined && value.props.has(head)) next(value.props.get(head)!, rest);
      else for (const held of [...value.props.values(), ...value.spreads]) next(held, value.props.size === 0 ? tail : []);
      break;
    }
    case 'array': for (const held of [...value.items, ...value.spreads]) next(held); break;
    default:
  }
}

/** What comes out is the same thing in another form. */
const PARSES = new Set(['parse', 'JSON.parse', 'toString', 'json', 'text', '&&', '||', '??', 'clone', 'values', 'find', 'filter']);

export const messagePaths = (value: Value, handler: object): readonly Path[] => {
  const found: Path[] = [];
  pathsIn(value, handler, found, [], 0);
  return found;
};

const isId = (path: Path, identity: readonly string[]): boolean => path.at(-1) === 'id' || path.at(-1) === '_id' || identity.includes(path.filter((part) => part !== '[]').join('.'));
const startsWith = (path: Path, prefix: Path): boolean => path.length > prefix.length && prefix.every((part, i) => path[i] === part);

/** The message carries a record as it was when it was sent, and the write puts that in the place of what is stored. */
export interface Snapshot {
  readonly fields: readonly string[];
  /** The record was found by a look-up whose criteria are not known. */
  readonly likely: boolean;
}

export function snapshotWrite(m: Machine, byEffect: ReadonlyMap<Effect, Occurrence>, write: Occurrence, handler: object, identity: readonly string[]): Snapshot | null {
  const { effect } = write;
  if (effect.kind !== 'write' || !OVERWRITES.has(effect.action) || effect.conditional !== 'no' || effect.onConflict === 'ignore') return null;
  const objects: Path[] = [];
  let likely = false;
  const keyedBy = (value: Value, depth: number): void => {
    for (const path of messagePaths(value, handler)) if (isId(path, identity)) objects.push(path.slice(0, -1));
    for (const origin of depth < 2 ? originsOf(value) : []) {
      const read = byEffect.get(origin.effect);
      if (read === undefined || read.effect.kind !== 'read' || REMOTE.has(read.effect.system)) continue;
      for (const criterion of read.effect.where) keyedBy(criterion.value, depth + 1);
      if (read.effect.whereOpen) [likely] = [true, objects.push([])];
    }
  };
  const written = writtenFields(m, effect).filter((field) => field.how === 'set' && field.onInsert !== true);
  for (const criterion of effect.where) {
    // Compares with something: what is stored decides.
    if (criterion.op !== '=' && criterion.op !== 'in' && criterion.op !== '?') return null;
    keyedBy(criterion.value, 0);
  }
  // `status: 'failed'`: the kind of event says how things are now, and its other members tell about that.
  if (written.some(({ value }) => value.k === 'literal' && typeof value.value === 'string')) return null;
  if (effect.expiry !== null) return null;
  const isConstant = effect.system === 'redis' && effect.where.length > 0 && effect.where.every(({ value }) => value.k === 'literal');
  if (isConstant) objects.push([]);
  if (effect.action === 'upsert' && effect.where.length === 0) for (const { value } of written) keyedBy(value, 1);
  if (effect.entity !== null) keyedBy(effect.entity, 0);
  const fields = written.filter(({ value }) => messagePaths(value, handler).some((path) => !isId(path, identity) && objects.some((object) => startsWith(path, object)))).map(({ field }) => field);
  return fields.length === 0 ? null : { fields: [...new Set(fields)], likely: likely || isConstant };
}

const OVERWRITES = new Set(['update', 'upsert', 'replace', 'save']);
const COMPARES = new Set(['<', '<=', '>', '>=']);

/** A test on the way tells whether what the message says is newer than what is stored. */
export function comparesWithStored(guards: readonly Guard[], handler: object): boolean {
  const compares = (value: Value, depth: number): boolean => value.k === 'derived' && depth < 5 && (
    (COMPARES.has(value.op) && value.from.some((part) => messagePaths(part, handler).length > 0) && value.from.some((part) => originsOf(part).some((origin) => origin.effect.kind === 'read')))
    || value.from.some((part) => compares(part, depth + 1)));
  return guards.some((guard) => (guard.together ?? [guard]).some((part) => compares(part.test, 0)));
}
