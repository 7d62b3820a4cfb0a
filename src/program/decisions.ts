import type { Effect, Guard, Occurrence } from './effect.ts';
import type { Machine } from './machine.ts';
import { fieldOf, originsOf } from './origins.ts';
import { type Decision, type Feeding, exclusive, sameName, sameRecord, sameResource, writtenFields } from './records.ts';
import { type Value, sameValue, settled } from './value.ts';

export type Verdict =
  /** The row is not there: insert it. */
  | { readonly kind: 'absent'; readonly columns: readonly string[] }
  /** A count or sum is below a bound: add one more. */
  | { readonly kind: 'count' }
  /** A field has the value that allows this step: take it. */
  | { readonly kind: 'state'; readonly field: string; readonly irreversible: boolean; /** Only tested for being set, or changed nowhere here. */ readonly weak: boolean }
  /** The row is there: use it up. */
  | { readonly kind: 'consume' };

/** Reads off a guard what the read decides about the effect; null when the decision is none of the three. */
export function decisionKind(m: Machine, decision: Decision, act: Occurrence, winners: (guard: Guard) => readonly Occurrence[]): Verdict | null {
  const { read, origin, part } = decision;
  const { effect } = act;
  void winners;
  if (read.effect.kind !== 'read' || origin.path.length > 6) return null;
  const field = fieldOf(read.effect, origin.path);
  const test = testOf(part.test, read);
  const together = decision.guard.together !== undefined;
  // Searched in the rows that came along with another: `project.environments.find(…)`.
  if (!together && origin.path.at(-1) === '[]' && effect.kind === 'write' && effect.action === 'insert' && effect.resource !== null && polarity(part.test, part.holds, read) === 'absent') {
    const table = tableAt(m, read.effect, origin.path);
    if (table !== null && sameName(table, effect.resource)) return { kind: 'absent', columns: [] };
  }
  if (isCount(read, field, test)) {
    if (effect.kind !== 'write' || effect.weight !== 'business' || !['insert', 'increment', 'upsert'].includes(effect.action) && !(effect.action === 'update' && effect.values.some((value) => value.how === 'atomic'))) return null;
    // What was counted is what this adds to: a counter of something else is no part of the bound.
    if (sameResource(read.effect, effect) !== true || (effect.action === 'insert' && effect.conditional === 'yes')) return null;
    return { kind: 'count' };
  }
  const rowItself = field === null || field === 'length' || test === 'absent-row';
  if (rowItself) {
    const absent = !together && polarity(part.test, part.holds, read) === 'absent';
    // A cache that is filled with what was fetched elsewhere: twice is no harm.
    if (absent && effect.system === 'redis' && effect.values.some((written) => originsOf(written.value).length > 0)) return null;
    if (absent && effect.kind === 'write' && (effect.action === 'insert' || effect.action === 'save' || ((effect.action === 'replace' || (effect.action === 'upsert' && effect.system === 'redis')) && sameRecord(read.effect, effect).is === 'yes')) && effect.conditional === 'no' && sameResource(read.effect, effect) === true) {
      const columns = read.effect.where.filter((criterion) => criterion.op === '=').map((criterion) => criterion.field);
      return { kind: 'absent', columns };
    }
    if (!absent && effect.kind === 'write' && effect.action === 'delete' && sameRecord(read.effect, effect).is === 'yes') return { kind: 'consume' };
    return null;
  }
  if (field === null) return null;
  if (effect.kind === 'charge' || effect.kind === 'send') {
    // Cases of a field that nothing here changes are kinds, no states.
    const moves = m.walk.occurrences.some((other) => other.effect.kind === 'write' && sameResource(read.effect, other.effect) === true && !exclusive(other, act) && writtenFields(m, other.effect).some((written) => written.field === field && isStep(written.value)));
    if (!moves && (decision.guard.branch as { branch?: object }).branch !== undefined) return null;
    // A setting or a fact about the receiver: sending twice is not what it keeps from.
    if (!moves && effect.kind === 'send') return null;
    return compared(part.test, read) ? { kind: 'state', field, irreversible: true, weak: !moves } : null;
  }
  if (effect.kind !== 'write' || sameRecord(read.effect, effect).is !== 'yes') return null;
  if (effect.action === 'insert') return null;
  // What was given or computed takes the place of the old value: an edit, and no step from one state to the next.
  const moves = writtenFields(m, effect).some((written) => written.field === field && (written.how === 'atomic' || isStep(written.value)));
  if (!moves || !compared(part.test, read)) return null;
  return { kind: 'state', field, irreversible: false, weak: polarity(part.test, part.holds, read) !== 'other' };
}

/** The table of the related rows that a path within a read's rows leads to; null when it stays in the read's own, or no schema tells. */
function tableAt(m: Machine, read: Effect, path: readonly string[]): string | null {
  let at = read.resource;
  for (const part of path) {
    if (part === '[]' || /^\d+$/.test(part)) continue;
    at = at === null ? null : (m.program.host.table(at)?.relations?.[part] ?? null);
  }
  return at === read.resource ? null : at;
}

/** A column of the new row that continues what the newest row, or the number of rows, was when it was read. */
export function continues(act: Occurrence, { read, fields, from }: Feeding): string | null {
  if (act.effect.kind !== 'write' || act.effect.action !== 'insert' || sameResource(read.effect, act.effect) !== true) return null;
  const { action, order } = read.effect;
  if (action === 'count' || action === 'aggregate') return fields[0] ?? null;
  return order === null || order.length === 0 ? null : (fields.find((field) => from.includes(field)) ?? null);
}

/** The field by which a read picked its rows and which the write then moves on to another constant, naming the row by its key alone. */
export function movesOn(m: Machine, act: Occurrence, read: Occurrence): string | null {
  if (!['update', 'save', 'replace'].includes(act.effect.action) || sameRecord(read.effect, act.effect).is !== 'yes') return null;
  for (const { field, value, how } of writtenFields(m, act.effect)) {
    if (how === 'set' && isStep(value) && read.effect.where.some((picked) => picked.field === field && ['=', 'in', 'null'].includes(picked.op) && isConstant(picked.value) && !sameValue(picked.value, value))) return field;
  }
  return null;
}

/** The test looks at the read's own rows: absent, a field, a count. */
function testOf(test: Value, read: Occurrence): 'absent-row' | 'other' {
  const value = strip(test);
  if (value.k === 'row' && value.effect === read.effect && fieldOf(read.effect, value.path) === null) return 'absent-row';
  return 'other';
}

const strip = (value: Value): Value => {
  let at = settled(value);
  while (at.k === 'derived' && (at.op === '!' || at.op === 'Boolean')) at = settled(at.from[0]!);
  return at.k === 'library' && at.row !== undefined ? at.row : at;
};

function isCount(read: Occurrence, field: string | null, test: string): boolean {
  void test;
  return (read.effect.action === 'count' && (field === null || field === 'count')) || read.effect.action === 'aggregate';
}

/** The test holds (with this polarity) when the row is not there. */
export function polarity(test: Value, holds: boolean, read: Occurrence): 'absent' | 'present' | 'other' {
  const value = settled(test);
  if (value.k === 'derived' && value.op === '!') return polarity(value.from[0]!, !holds, read);
  if (value.k === 'derived' && ['===', '==', '!==', '!='].includes(value.op)) {
    const [left, right] = value.from.map((part) => settled(part!));
    const nothing = [left, right].some((side) => side!.k === 'undefined' || (side!.k === 'literal' && (side!.value === null || side!.value === 0 || side!.value === false)));
    const equal = value.op.startsWith('=');
    if ([left, right].some((side) => side!.k === 'literal' && (side!.value === true || side!.value === 1))) return equal === holds ? 'present' : 'absent';
    if (!nothing) return 'other';
    return equal === holds ? 'absent' : 'present';
  }
  if (value.k === 'derived' && (value.op === '>' || value.op === '<') ) {
    const right = settled(value.from[1]!);
    if (right.k === 'literal' && (right.value === 0 || right.value === 1)) {
      const some = value.op === '>' && right.value === 0;
      const none = value.op === '<' && right.value === 1;
      if (some) return holds ? 'present' : 'absent';
      if (none) return holds ? 'absent' : 'present';
    }
    return 'other';
  }
  if (value.k === 'derived' && (value.op === '&&' || value.op === 'Boolean')) return holds ? polarity(value.from[0]!, holds, read) : 'other';
  if (value.k === 'row' || value.k === 'library' || value.k === 'access' || value.k === 'item' || value.k === 'phi') return holds ? 'present' : 'absent';
  if (value.k === 'derived' && value.op === 'length') return holds ? 'present' : 'absent';
  if (value.k === 'derived' && ['some', 'includes', 'find', 'has'].includes(value.op)) return holds ? 'present' : 'absent';
  if (value.k === 'derived' && value.op === 'decide') return holds ? 'present' : 'absent';
  return 'other';
}

/** The field is compared with a constant or tested for presence: a state. Compared with a new value it only tells whether there is anything to change. */
function compared(test: Value, read: Occurrence): boolean {
  const value = settled(test);
  if (value.k !== 'derived') return value.k === 'row' || value.k === 'access' || value.k === 'phi';
  const ofRead = (part: Value): boolean => originsOf(part).some((origin) => origin.effect === read.effect);
  switch (value.op) {
    case '!': case 'Boolean': return compared(value.from[0]!, read);
    case '===': case '==': case '!==': case '!=': return value.from.some((part, i) => ofRead(part) && isConstant(value.from[1 - i]!));
    case '&&': case '||': return value.from.some((part) => ofRead(part) && compared(part, read));
    case '<': case '<=': case '>': case '>=': case 'in-cases': case 'includes': case 'has': case 'decide': case 'none-of': return value.from.some(ofRead);
    default: return false;
  }
}

/** A state of its own, or the moment it was reached. */
const isStep = (value: Value): boolean => isConstant(value) || settled(value).k === 'source';

const isConstant = (given: Value): boolean => {
  const value = settled(given);
  if (value.k === 'phi') return value.options.every(isConstant);
  if (value.k === 'array') return value.spreads.length + value.pushed.length === 0 && value.items.every(isConstant);
  return value.k === 'literal' || value.k === 'undefined' || value.k === 'external' || (value.k === 'access' && typeof value.key === 'string' && isConstant(value.of));
};
