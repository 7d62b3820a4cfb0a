import type { Effect } from './effect.ts';
import { originsOf } from './origins.ts';
import { type Value, settled } from './value.ts';

/** Where an HTTP client says how a call went. */
const TELLS = new Set(['ok', 'status', 'statusCode']);
const ANSWERING = new Set(['http', 'rpc']);
const LISTS = new Set(['includes', 'has', 'indexOf']);

/** Calls that have failed where this test holds (or not): `!response.ok`, `response.status === 429`. */
export function failedWhere(given: Value, holds: boolean, depth = 0): readonly Effect[] {
  const test = settled(given);
  if (depth > 6) return [];
  const next = (part: Value, as = holds): readonly Effect[] => failedWhere(part, as, depth + 1);
  // `status < 300 || status >= 400` is left by failures as well: what goes on is an answer of another kind, a redirect.
  const any = (parts: readonly Value[]): readonly Effect[] => (!holds && parts.some((part) => next(part, true).length > 0) ? [] : parts.flatMap((part) => next(part)));
  switch (test.k) {
    case 'phi': return any(test.options);
    case 'row': case 'access': return holds ? [] : told(test, ['ok']);
    case 'derived': break;
    default: return [];
  }
  const [left, right] = test.from;
  switch (test.op) {
    case '!': return left === undefined ? [] : next(left, !holds);
    case 'Boolean': return left === undefined ? [] : next(left);
    case '||': return any(test.from);
    case '&&': case 'decide': return test.from.flatMap((part) => next(part));
    case '===': case '==': return right === undefined ? [] : compared(left!, right, holds ? isFailure : isSuccess);
    case '!==': case '!=': return right === undefined ? [] : compared(left!, right, holds ? isSuccess : isFailure);
    case '>=': case '>': return holds && right !== undefined ? compared(left!, right, isFailure) : [];
    case '<': case '<=': return !holds && right !== undefined ? compared(left!, right, (status) => status >= 299) : [];
    default: return holds && LISTS.has(test.op) ? test.from.slice(1).flatMap((part) => told(part, ['status', 'statusCode'])) : [];
  }
}

/** Calls on whose status something depends. */
export const statusesIn = (test: Value): readonly Effect[] => told(test, ['status', 'statusCode']);

const isFailure = (status: number): boolean => status >= 399;
/** 202 and the like: the work is accepted and not yet done, which is asked for again without having failed. */
const isSuccess = (status: number): boolean => status === 200 || status === 201 || status === 204;

function compared(left: Value, right: Value, fits: (status: number) => boolean): readonly Effect[] {
  const [value, constant] = right.k === 'literal' ? [left, right] : [right, left];
  if (constant.k !== 'literal') return [];
  if (typeof constant.value === 'boolean') return fits(constant.value ? 200 : 400) ? told(value, ['ok']) : [];
  return typeof constant.value === 'number' && fits(constant.value) ? told(value, ['status', 'statusCode']) : [];
}

const told = (value: Value, names: readonly string[]): readonly Effect[] =>
  originsOf(value).flatMap(({ effect, path }) => (ANSWERING.has(effect.system) && TELLS.has(path.at(-1) ?? '') && names.includes(path.at(-1)!) ? [effect] : []));
