import type { FunctionIR } from '../vocabulary/ir.ts';
import { anyEvent } from './events.ts';
import { apart, evaluate, exportedWhole, moduleFrame } from './evaluate.ts';
import type { Frame } from './frame.ts';
import type { Machine } from './machine.ts';
import { resourceName } from './operation.ts';
import { runEvent, runFunction } from './run.ts';
import { type DerivedValue, type LibraryValue, type ObjectValue, type Value, afresh, asText, literal, optionsOf } from './value.ts';

const filled = new WeakSet<ObjectValue>();

/** `const db = {}; db.sequelize = sequelize; module.exports = db`: what the module puts in it is there for whoever imports it, whichever is read first. */
export function fill(m: Machine, frame: Frame, object: ObjectValue): void {
  if (filled.has(object)) return;
  filled.add(object);
  if (frame.fn.kind !== 'module') return;
  const gathers = frame.ir.functions.some(putsByName);
  if (!gathers && !frame.fn.body.some(([kind]) => kind === 'set')) return;
  apart(m, () => {
    for (const event of frame.fn.body) {
      // `names.forEach((name) => { db[name] = … })`
      if (gathers && (event[0] === 'call' || event[0] === 'loop')) runEvent(m, frame, event);
      if (event[0] !== 'set' || typeof event[2] !== 'string' || object.props.has(event[2]) || evaluate(m, frame, event[1]) !== object) continue;
      object.props.set(event[2], evaluate(m, frame, event[3]));
    }
  });
}

const byName = new WeakMap<FunctionIR, boolean>();

/** Whether it puts something in an object under a name that it computes. */
function putsByName(fn: FunctionIR): boolean {
  let known = byName.get(fn);
  if (known === undefined) byName.set(fn, (known = anyEvent(fn.body, (event) => event[0] === 'set' && typeof event[2] !== 'string')));
  return known;
}

/** What `require(path.join(__dirname, file))(sequelize)` makes of each file of a directory, by the name of the model or class. */
const madeOf = new WeakMap<Value, ReadonlyMap<string, Value>>();

function madeFrom(m: Machine, made: DerivedValue): ReadonlyMap<string, Value> {
  const known = madeOf.get(made);
  if (known !== undefined) return known;
  const found = new Map<string, Value>();
  madeOf.set(made, found);
  const [at, ...args] = made.from;
  const from = asText(at) ?? '';
  const directory = from.slice(0, from.lastIndexOf('/') + 1);
  for (const file of m.program.host.files()) {
    if (file === from || !file.startsWith(directory) || m.program.host.role(file) !== 'source') continue;
    const frame = moduleFrame(m, file);
    const whole = frame === null ? null : exportedWhole(m, file);
    if (whole?.k !== 'function') continue;
    const value = apart(m, () => runFunction(m, whole, args, null, null));
    const name = value.k === 'library' || value.k === 'class' ? resourceName(m, value) : null;
    if (name !== null) found.set(name, value);
  }
  return found;
}

/** Of what was put in an object under names that are not in view, that which goes by this one. */
export function named(m: Machine, object: ObjectValue, key: string): Value | null {
  const all = object.computed.flatMap((value) => optionsOf(value));
  for (const held of all) {
    if (held.k === 'library' && resourceName(m, held) === key) return held;
    const made = held.k === 'derived' && held.op === 'made' ? madeFrom(m, held).get(key) : undefined;
    if (made !== undefined) return made;
  }
  return another(m, object, all, key);
}

const others = new WeakMap<ObjectValue, Map<string, LibraryValue>>();

/** `for (const define of [member, note, …]) { const model = define(sequelize); db[model.name] = model }`: of many models some are kept, and one that is asked for by name is another of them. */
function another(m: Machine, object: ObjectValue, [first, ...rest]: readonly Value[], key: string): LibraryValue | null {
  if (first?.k !== 'library' || rest.length === 0 || [first, ...rest].some((held) => held.k !== 'library' || held.type !== first.type || held.handle !== first.handle || resourceName(m, held) === null)) return null;
  let known = others.get(object);
  if (known === undefined) others.set(object, (known = new Map()));
  let value = known.get(key);
  if (value === undefined) known.set(key, (value = { ...afresh(first), resource: literal(key) }));
  return value;
}
