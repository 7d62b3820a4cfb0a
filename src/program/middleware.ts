import { anyEvent } from './events.ts';
import { member } from './evaluate.ts';
import { type Entry, type Machine, wired } from './machine.ts';
import { runFunction } from './run.ts';
import { type LibraryValue, type Value, afresh, optionsOf } from './value.ts';

/** By type of request and name, the middleware that sets it. */
const setters = new WeakMap<Machine, ReadonlyMap<string, readonly Entry[]>>();
const values = new WeakMap<Machine, Map<string, Value | null>>();

/**
 * `req.db = await connect(); next()`: what functions in front of the handlers put on each request. A client, or an object of the project:
 * a row that was read for one request is read in its execution, not here.
 */
export function putOnRequest(m: Machine, { type }: LibraryValue, key: string): Value | null {
  if (m.handlers !== null || type.shape.event === undefined) return null;
  let known = values.get(m);
  if (known === undefined) values.set(m, (known = new Map()));
  const name = `${type.id}\0${key}`;
  const found = known.get(name);
  if (found !== undefined) return found;
  known.set(name, null);
  const put = settersOf(m, name).map((entry) => wired(m, () => putBy(m, entry, key)));
  const value = put.length === 1 ? put[0]! : null;
  known.set(name, value);
  return value;
}

function settersOf(m: Machine, name: string): readonly Entry[] {
  let known = setters.get(m);
  if (known === undefined) setters.set(m, (known = find(m)));
  return known.get(name) ?? [];
}

function find(m: Machine): Map<string, Entry[]> {
  const found = new Map<string, Entry[]>();
  for (const entry of m.entries) {
    const { shape, fn, args } = entry;
    // `app.use(path, fn)`; `app.get(path, before, handler)`
    if ((shape.kind !== 'middleware' && !(shape.kind === 'http' && fn.ir.params.length > 2)) || isMade(entry)) continue;
    anyEvent(fn.ir.body, (event) => {
      const term = event[0] === 'set' ? fn.ir.values[event[1]] : undefined;
      const given = term?.[0] === 'param' ? args[term[1]] : undefined;
      if (event[0] !== 'set' || given?.k !== 'library' || given.type.shape.event === undefined || typeof event[2] !== 'string') return false;
      const name = `${given.type.id}\0${event[2]}`;
      const list = found.get(name) ?? [];
      if (!list.some((other) => other.fn.ir === fn.ir)) found.set(name, [...list, entry]);
      return false;
    });
  }
  return found;
}

/** `app.use(load('teams'))`: each call of the function that makes it may put something else there. */
function isMade({ fn, file, span }: Entry): boolean {
  const around = fn.up?.fn;
  return around !== undefined && around.kind !== 'module' && !(fn.file === file && span[0] >= around.span[0] && span[1] <= around.span[1]);
}

function putBy(m: Machine, { fn, args }: Entry, key: string): Value | null {
  const given = args.map((arg) => (arg?.k === 'library' ? afresh(arg) : arg));
  runFunction(m, fn, given as Value[], null, null);
  const request = given.find((arg) => arg?.k === 'library' && arg.sets?.has(key) === true);
  const options = request?.k === 'library' ? optionsOf(member(m, request, key)).filter(({ k }) => k !== 'undefined') : [];
  const [value] = options;
  return options.length === 1 && isOfProgram(value!) ? value! : null;
}

const isOfProgram = (value: Value): boolean => value.k === 'instance' || value.k === 'object' || (value.k === 'library' && value.row === undefined && value.pending === undefined && value.handle !== null);
