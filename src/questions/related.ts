import { isCredentialName } from '../catalog/secret-names.ts';
import type { Effect } from '../program/effect.ts';
import { originsOf } from '../program/origins.ts';
import { type LibraryValue, type RowValue, type Value, sameValue, settled } from '../program/value.ts';

/** Whether two effects are about one thing: they carry a value in common, or rows found by one. `unknown`: what one of them carries is out of view. */
export function related(first: Effect, second: Effect): 'yes' | 'no' | 'unknown' {
  const [mine, theirs] = [carriedBy(first), carriedBy(second)];
  const own: RowValue = { k: 'row', effect: first, path: [] };
  if (theirs.parts.some((part) => [own, ...mine.parts].some((other) => overlap(part, other)))) return 'yes';
  return mine.open || theirs.open || mine.parts.length === 0 || theirs.parts.length === 0 ? 'unknown' : 'no';
}

/** The second carries what the first returned, or by which the first names its record or makes it. */
export const names = (first: Effect, second: Effect): boolean => {
  const own: RowValue = { k: 'row', effect: first, path: [] };
  return carriedBy(second).direct.some((part) => overlap(part, own) || carriedBy(first).direct.some((other) => sameValue(part, other)));
};

interface Parts { readonly parts: readonly Value[]; /** Without those by which rows were found. */ readonly direct: readonly Value[]; readonly open: boolean }

const known = new WeakMap<Effect, Parts>();
const MAX_PARTS = 60;

/** Parameters, rows, entities and made-up ids, and parts of them, that an effect is given or chooses its record by. */
function carriedBy(effect: Effect): Parts {
  const found = known.get(effect);
  if (found !== undefined) return found;
  const parts = new Set<Value>();
  const direct = new Set<Value>();
  let through = 0;
  const seen = new Set<Value>();
  let open = false;
  const add = (part: Value): void => {
    parts.add(part);
    if (through === 0) direct.add(part);
  };
  const visit = (given: Value | null, depth: number): void => {
    if (given === null || seen.has(given)) return;
    seen.add(given);
    const value = settled(given);
    if (depth > 10 || parts.size > MAX_PARTS) {
      open = true;
      return;
    }
    switch (value.k) {
      case 'unknown': open = true; break;
      case 'param': case 'source': add(value); break;
      case 'row':
        add(value);
        through += 1;
        for (const { value: by } of value.effect.where) visit(by, depth + 2);
        through -= 1;
        break;
      case 'access': case 'item': {
        const root = rootOf(value);
        if (root.k === 'param' || (root.k === 'library' && root.row === undefined && isMessage(root))) add(value);
        else visit(root, depth + 1);
        break;
      }
      case 'library':
        if (value.row !== undefined) visit(value.row, depth + 1);
        else if (isMessage(value)) add(value);
        else if (value.type.shape.role === undefined) for (const arg of value.args) visit(arg, depth + 1);
        break;
      case 'derived': for (const from of value.from) visit(from, depth + 1); break;
      case 'template': for (const part of value.values) visit(part, depth + 1); break;
      case 'phi': for (const option of value.options) visit(option, depth + 1); break;
      case 'object':
        add(value);
        for (const held of [...contentOf(value.props), ...value.spreads, ...value.computed, ...contentOf(value.sets ?? [])]) visit(held, depth + 1);
        break;
      case 'array': for (const held of [...value.items, ...value.spreads, ...value.pushed.map((push) => push.value)]) visit(held, depth + 1); break;
      case 'instance': if (!value.ambient) for (const held of value.fields.values()) visit(held, depth + 1); break;
      default:
    }
  };
  for (const value of [effect.resourceValue, effect.key, effect.entity, effect.items, ...effect.where.map((criterion) => criterion.value), ...contentOf(effect.values.map(({ field, value }) => [field, value])), ...effect.rest, ...effect.args]) visit(value, 0);
  const all: Parts = { parts: [...parts], direct: [...direct], open };
  known.set(effect, all);
  return all;
}

/** A token that was exchanged for a new one is kept for whatever comes next, and says nothing about it; nor does what came along with it. */
function contentOf(fields: Iterable<readonly [string, Value]>): readonly Value[] {
  const all = [...fields];
  const sources = new Set(all.flatMap(([name, value]) => (isCredentialName(name) ? originsOf(value).map(({ effect }) => effect) : [])));
  return all.flatMap(([name, value]) => {
    const origins = sources.size === 0 ? [] : originsOf(value);
    return isCredentialName(name) || (origins.length > 0 && origins.every(({ effect }) => sources.has(effect))) ? [] : [value];
  });
}

const isMessage = ({ type: { shape } }: LibraryValue): boolean => shape.role === 'message' || shape.event !== undefined;

function rootOf(given: Value): Value {
  let at = given;
  while (at.k === 'access' || at.k === 'item') at = settled(at.of);
  return at;
}

/** One is the other or a part of it; of one row, any two parts. */
function overlap(a: Value, b: Value): boolean {
  if (a.k === 'row' && b.k === 'row') return a.effect === b.effect;
  return within(a, b) || within(b, a);
}

function within(part: Value, whole: Value): boolean {
  for (let at = part; ; at = settled(at.of)) {
    if (sameValue(at, whole)) return true;
    if (at.k !== 'access' && at.k !== 'item') return false;
  }
}
