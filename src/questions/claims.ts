import type { Effect, Occurrence } from '../program/effect.ts';
import { fieldsOf } from '../program/dialects/shared.ts';
import type { Machine } from '../program/machine.ts';
import { exclusive, isConsumed, isKey, sameRecord, sameResource, writtenFields } from './records.ts';
import { selectionsOf } from './selections.ts';
import { leavesOf } from '../program/origins.ts';
import { type Value, optionsOf, sameValue, settled } from '../program/value.ts';

/** Work taken by putting a row into a state that others pass over. */
export interface Claim {
  readonly field: string;
  /** The state, or null: the row is stamped with a time. */
  readonly state: Value | null;
  /** Where the rows were picked, when not by the write itself. */
  readonly picked: Occurrence | null;
  /** Puts the row into another state when the work is over. */
  readonly ended: Occurrence;
}

/** The claim that a write makes, when nothing in the program takes it back from a process that died. */
export function claimOf(m: Machine, all: readonly Occurrence[], write: Occurrence): Claim | null {
  const { effect } = write;
  if (effect.kind !== 'write' || effect.system === 'redis' || effect.resource === null || !['update', 'save', 'replace'].includes(effect.action) || write.inHandler !== null) return null;
  if (write.regions.some((region) => region.kind === 'step' || region.kind === 'idempotent')) return null;
  for (const { field, value, how } of writtenFields(m, effect)) {
    if (how !== 'set') continue;
    const state = stateOf(value);
    if (state === undefined) continue;
    const ended = all.find((later) => later.index > write.index && !exclusive(write, later) && puts(m, write, later, field, state));
    if (ended === undefined || write.regions.some((region) => region.kind === 'transaction' && ended.regions.includes(region))) continue;
    const picked = passesOver(m, effect, field, state) && (isConsumed(m, effect) || effect.shape.throwsWhenUnmatched === true) ? write : all.find((read) => read.index < write.index && read.effect.kind === 'read' && !exclusive(read, write) && sameRecord(read.effect, effect).is === 'yes' && passesOver(m, read.effect, field, state));
    if (picked === undefined || isRecovered(m, effect, field, state)) continue;
    return { field, state, picked: picked === write ? null : picked, ended };
  }
  return null;
}

/** A constant; null for a time of now; undefined for anything else. */
function stateOf(value: Value): Value | null | undefined {
  const given = settled(value);
  if (given.k === 'source' && (given.yields === 'clock' || given.yields === 'server-clock')) return null;
  if (given.k === 'derived' && given.from.length === 1 && given.from[0]!.k === 'source' && (given.from[0]! as { yields: string }).yields === 'clock') return null;
  return isConstant(given) && !(given.k === 'literal' && (given.value === null || typeof given.value === 'number')) ? given : undefined;
}

const isConstant = (value: Value): boolean => value.k === 'literal' || value.k === 'external' || (value.k === 'access' && typeof value.key === 'string' && isConstant(value.of));

/** Ends the claim: another state, or no time any more. */
function puts(m: Machine, claim: Occurrence, later: Occurrence, field: string, state: Value | null): boolean {
  // Only given back after a failure, the state may well be one in which the work ends.
  if (later.inHandler !== null || later.effect.kind !== 'write' || sameResource(claim.effect, later.effect) !== true || !namesSame(claim.effect, later.effect)) return false;
  if (later.effect.action === 'delete') return true;
  return writtenFields(m, later.effect).some((written) => written.field === field && optionsOf(written.value).some((option) => (state === null ? option.k === 'literal' && option.value === null : isConstant(option) && !sameValue(option, state))));
}

/** One record by the same key, or the same entity. */
function namesSame(a: Effect, b: Effect): boolean {
  if (a.entity !== null && b.entity !== null) return settled(a.entity) === settled(b.entity) || sameValue(a.entity, b.entity);
  const keys = (effect: Effect): Value[] => effect.where.filter(({ op }) => op === '=' || op === 'in').map(({ value }) => value);
  return keys(a).some((key) => key.k !== 'literal' && keys(b).some((other) => sameValue(key, other)));
}

/** The criteria leave out rows that are in this state. */
function passesOver(m: Machine, effect: Effect, field: string, state: Value | null): boolean {
  let over = false;
  for (const { field: column, op, value } of effect.where) {
    if (column === 'OR' && op === '?') {
      const parts = value.k === 'array' ? value.items : [];
      if (parts.length === 0 || value.k !== 'array' || value.spreads.length > 0 || !parts.every((part) => demandsOther(m, part, field, state))) return false;
      over = true;
    } else if (column === field) {
      if (op === 'null') over = true;
      else if (state === null) continue;
      else if (op === '=') over ||= optionsOf(value).every((option) => isConstant(option) && !sameValue(option, state));
      else if (op === 'in') over ||= value.k === 'array' && value.spreads.length === 0 && value.items.length > 0 && value.items.every((item) => isConstant(item) && !sameValue(item, state));
      else if (op === '!=') over ||= sameValue(value, state);
      else if (op === '!in') over ||= value.k === 'array' && value.items.some((item) => sameValue(item, state));
    } else if (op === '?') return false;
  }
  return over && (!effect.whereOpen || effect.where.some(({ field: column, op }) => column === 'OR' && op === '?'));
}

/** One of several alternatives, as an object. */
function demandsOther(m: Machine, part: Value, field: string, state: Value | null): boolean {
  const { fields, rest } = fieldsOf(m, part);
  const held = fields.find(([name]) => name === field)?.[1];
  return rest.length === 0 && state !== null && held !== undefined && isConstant(held) && !sameValue(held, state);
}

const RANGE = new Set(['<', '<=', '>', '>=', '?']);

/** Somebody selects rows in this state by more than their key: by their age, to put them back, to go on with them. */
function isRecovered(m: Machine, effect: Effect, field: string, state: Value | null): boolean {
  const selections = selectionsOf(m, effect.resource!, field);
  return selections === null || selections.some((selection) => takesBack(m, selection.effect, field, state));
}

function takesBack(m: Machine, effect: Effect, field: string, state: Value | null): boolean {
  if (effect.where.some((criterion) => criterion.op === '=' && isKey(m, effect, criterion.field) && !isConstant(criterion.value))) return false;
  const ranged = effect.where.some((criterion) => RANGE.has(criterion.op));
  const changes = effect.kind === 'write' && (effect.action === 'delete' || writtenFields(m, effect).some((written) => written.field === field && (state === null || !sameValue(written.value, state))));
  // What is done with them may be decided in the code: how old they are, whose they are.
  const lists = effect.kind === 'read' && effect.action === 'find' && effect.shape.cardinality !== 'one';
  for (const { field: column, op, value } of effect.where) {
    if (column !== field) continue;
    if (state === null && (op === '<' || op === '<=' || (op === 'not-null' && (changes || lists)))) return true;
    if (state === null) continue;
    const inState = (op === '=' && optionsOf(value).some((option) => sameValue(option, state))) || (op === 'in' && value.k === 'array' && value.items.some((item) => sameValue(item, state)));
    const others = (op === '!=' && !sameValue(value, state)) || (op === '!in' && value.k === 'array' && !value.items.some((item) => sameValue(item, state)));
    if (inState && (ranged || changes || lists)) return true;
    if (others && (ranged || changes)) return true;
  }
  // Alternatives and callbacks: what they hold counts, whatever way it is combined; what is out of view may hold anything.
  if (!effect.whereOpen) return false;
  const leaves = [...effect.where.filter(({ op }) => op === '?').map(({ value }) => value), ...effect.args].flatMap((value) => leavesOf(value));
  return leaves.some((leaf) => leaf.k === 'function' || (state !== null && sameValue(leaf, state)) || (state === null && leaf.k === 'literal' && typeof leaf.value === 'string' && leaf.value.includes(field)));
}

