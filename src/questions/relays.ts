import type { Occurrence, Region } from '../program/effect.ts';
import type { Machine } from '../program/machine.ts';
import { comesFrom } from '../program/origins.ts';
import { isOne } from './ordering.ts';
import { excludes, exclusive, isConsumed, sameRecord, winnersOf, writtenFields } from './records.ts';
import { openTransaction } from './transactions.ts';
import { type Value, sameValue } from '../program/value.ts';

/** Rows that wait, read many at once; what one says is sent on; a field says that it was. */
export interface Relay {
  readonly read: Occurrence;
  readonly mark: Occurrence;
  readonly field: string;
  /** `early`: marked before it is sent, and nothing after it. `shared`: another process reads the same rows meanwhile. `unlocked`: so it does, though they are read with a lock. */
  readonly fault: 'early' | 'shared' | 'unlocked' | null;
}

export function relayOf(m: Machine, all: readonly Occurrence[], sent: Occurrence): Relay | null {
  if (sent.inHandler !== null) return null;
  for (const region of sent.regions) {
    const read = readsOver(all, region, sent).find(({ effect }) => effect.resource !== null);
    if (read === undefined || sent.effect === read.effect || !carries(sent, read)) continue;
    const marks = all.flatMap((write) => {
      const field = write.index > read.index && write.inHandler === null && !exclusive(write, sent) && write.effect.kind === 'write' && sameRecord(read.effect, write.effect).is === 'yes' ? markedIn(m, read, write) : null;
      return field === null ? [] : [{ write, field }];
    });
    const first = marks[0];
    if (first === undefined) continue;
    const later = marks.find(({ write, field }) => write.index > sent.index && field === first.field);
    const fault = first.write.index < sent.index && later === undefined && !isHeld(sent, first.write) ? 'early' : isShared(m, all, read, sent, first.write) ? (read.effect.locking ? 'unlocked' : 'shared') : null;
    return { read, mark: first.write, field: first.field, fault };
  }
  return null;
}

/** After it is sent, the row is marked or taken away: whoever stops in between finds it again and sends it a second time. */
export function sentAgain(m: Machine, all: readonly Occurrence[], sent: Occurrence): Region | null {
  for (const region of sent.regions) {
    const [read] = readsOver(all, region, sent);
    if (read === undefined || !carries(sent, read)) continue;
    const ends = (write: Occurrence): boolean => write.effect.kind === 'write' && write.index > sent.index && write.inHandler === null && write.regions.includes(region) && !exclusive(write, sent) && (write.effect.action === 'delete' ? isOf(write, read) : sameRecord(read.effect, write.effect).is === 'yes' && markedIn(m, read, write) !== null);
    if (all.some(ends)) return region;
  }
  return null;
}

const isOf = ({ effect }: Occurrence, read: Occurrence): boolean => effect.system === read.effect.system && [...effect.where.map(({ value }) => value), ...(effect.entity === null ? [] : [effect.entity])].some((value) => comesFrom(value, read.effect));

/** Reads of rows that the iteration goes over, and not over a list in the only one. */
const readsOver = (all: readonly Occurrence[], { kind, over }: Region, sent: Occurrence): readonly Occurrence[] =>
  (kind !== 'each' && kind !== 'loop') || over === null ? [] : all.filter((read) => read.index < sent.index && read.effect.kind === 'read' && read.effect.action === 'find' && read.effect.shape.cardinality !== 'one' && !isOne(read.effect.limit) && comesFrom(over, read.effect));

const carries = ({ effect }: Occurrence, read: Occurrence): boolean =>
  [...effect.values.map(({ value }) => value), ...effect.rest, ...effect.args, ...(effect.resourceValue === null ? [] : [effect.resourceValue])].some((value) => comesFrom(value, read.effect));

/** The field by which the rows were picked, and which the write changes. */
function markedIn(m: Machine, read: Occurrence, write: Occurrence): string | null {
  const written = new Set(writtenFields(m, write.effect).filter(({ how }) => how === 'set').map(({ field }) => field));
  for (const { field, op, value } of read.effect.where) {
    if (written.has(field) && MARKED.has(op) && !meets(op, value, writtenIn(m, write, field))) return field;
    if (field !== 'OR' || op !== '?' || value.k !== 'array') continue;
    const alternatives = value.items.flatMap((part) => (part.k === 'object' ? [part.props] : []));
    // What is written is what one of the alternatives waits for, at once or after a while: the row is given back, not marked.
    const waits = (props: ReadonlyMap<string, Value>, name: string): boolean =>
      props.has(name) && [...props].some(([field, wanted]) => written.has(field) && sameValue(wanted, writtenIn(m, write, field)));
    for (const name of alternatives.flatMap((props) => [...props.keys()])) if (written.has(name) && !alternatives.some((props) => waits(props, name))) return name;
  }
  return null;
}

const MARKED = new Set(['null', '=', 'in', '!=', '!in']);

/** With what is written, the row is picked again. */
const meets = (op: string, asked: Value, given: Value): boolean => (op === 'in' && asked.k === 'array' ? asked.items.some((item) => sameValue(item, given)) : op === '=' && sameValue(asked, given));

const writtenIn = (m: Machine, write: Occurrence, name: string): Value => writtenFields(m, write.effect).find(({ field }) => field === name)!.value;

/** In one transaction, a crash takes the mark back. */
const isHeld = (sent: Occurrence, mark: Occurrence): boolean => mark.regions.some((region) => region.kind === 'transaction' && sent.regions.includes(region));

/** Nothing keeps a second process from reading the same rows before they are marked. */
function isShared(m: Machine, all: readonly Occurrence[], read: Occurrence, sent: Occurrence, mark: Occurrence): boolean {
  if (read.effect.locking && openTransaction(read) !== null) return false;
  if ([...read.guards, ...sent.guards].some((guard) => winnersOf(all, guard).some((winner) => winner.index < sent.index))) return false;
  // A claim by condition, whose outcome somebody looks at.
  if (mark.index < sent.index && mark.effect.where.length > 1 && isConsumed(m, mark.effect)) return false;
  const unlocked = read.effect.locking ? { ...read, effect: { ...read.effect, locking: false } } : read;
  const excluded = excludes(m, all, unlocked, mark);
  return excluded.is === 'no' && excluded.likely !== true && excludes(m, all, unlocked, sent).is === 'no';
}
