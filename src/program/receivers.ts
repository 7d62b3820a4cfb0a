import { telling } from '../catalog/member-names.ts';
import type { Span, V } from '../vocabulary/ir.ts';
import { mayBeAsked } from './asking.ts';
import { ambientLibrary, member, moduleFrame, typed } from './evaluate.ts';
import type { Frame } from './frame.ts';
import type { Machine } from './machine.ts';
import type { ProgramHost, ReceiverType, Role } from './program.ts';
import { type Value, literal } from './value.ts';

interface Told { readonly receiver: Value; readonly callee: Value }

/** Receiver and callee of a method call by the type that the oracle knows, when nothing else told them. */
export function toldByType(m: Machine, frame: Frame, receiver: Value, receiverV: V, name: string, callee: Value, span: Span): Told | null {
  const { oracle } = m.program.host;
  if (oracle === undefined || m.walk.silent > 0 || !isOpen(callee) || !isOpen(receiver) || !tellingNames(m.program.host).has(name) || !mayBeAsked(frame.fn, receiverV, () => true) || isUnmodelled(m, receiver) || !ASKED.has(m.program.host.role(frame.file))) return null;
  const type = oracle.receiverAt(frame.file, span);
  const value = type === undefined ? null : valueOf(m, frame, receiver, type);
  if (value === null) return null;
  const found = member(m, value, name);
  return isOpen(found) || found.k === 'undefined' ? null : { receiver: value, callee: found };
}

/** Roles whose code is followed. */
const ASKED: ReadonlySet<Role> = new Set(['source', 'script']);

/** Syntax has not told what it is. */
export const isOpen = (value: Value): boolean => {
  switch (value.k) {
    case 'param': case 'access': case 'item': case 'unknown': return true;
    case 'derived': return value.op !== 'super';
    case 'phi': return value.options.every((option) => isOpen(option) || option.k === 'undefined' || option.k === 'literal');
    default: return false;
  }
};

/** A member of a client that its model leaves out: a type would lead back to the same model. */
function isUnmodelled(m: Machine, value: Value): boolean {
  let at = value;
  while (at.k === 'access') at = at.of;
  return at.k === 'library' && at !== value && m.program.catalog.trait(at.type, 'role') === 'client';
}

function valueOf(m: Machine, frame: Frame, receiver: Value, type: ReceiverType): Value | null {
  if (type.model !== undefined) return libraryValue(m, frame, receiver, type);
  if (type.file === undefined) return null;
  if (type.isStatic !== true) return typed(m, type.file, { name: type.name, ...(type.args === undefined ? {} : { args: type.args }) }, receiver);
  const id = m.program.ir(type.file)?.classes.findIndex((known) => known.name === type.name) ?? -1;
  return id < 0 ? null : { k: 'class', file: type.file, id, up: moduleFrame(m, type.file) };
}

function libraryValue(m: Machine, frame: Frame, receiver: Value, { model, args = [], path = [] }: ReceiverType): Value | null {
  const entry = m.program.catalog.type(model!);
  if (entry === undefined) return null;
  // A builder out of sight has gathered nobody knows what: half of it would be another query.
  if (path.length === 0 && m.program.catalog.trait(entry, 'lazy') !== undefined) return null;
  // `ctx.prisma.user`: the client is what `user` was read from.
  let origin = receiver;
  for (const key of path.toReversed()) {
    if (origin.k !== 'access' || origin.key !== key) return made(m, frame, receiver, entry, args, path);
    origin = origin.of;
  }
  return made(m, frame, origin, entry, args, path);
}

function made(m: Machine, frame: Frame, origin: Value, entry: NonNullable<ReturnType<Machine['program']['catalog']['type']>>, args: NonNullable<ReceiverType['args']>, path: readonly string[]): Value {
  const client = ambientLibrary(m, entry, args, frame.file, origin);
  const named = path.length === 0 && client.resource === null && m.program.catalog.trait(entry, 'resource') === 'member' && origin.k === 'access' && typeof origin.key === 'string';
  return path.reduce<Value>((value, key) => member(m, value, key), named ? { ...client, resource: literal(origin.key as string) } : client);
}

const names = new WeakMap<ProgramHost, { readonly of: readonly string[]; readonly names: ReadonlySet<string> }>();

/** Of the libraries that the program uses at all, whichever file is looked at: one need not import what it is handed. */
export function tellingNames(host: ProgramHost): ReadonlySet<string> {
  const files = host.files();
  const known = names.get(host);
  if (known?.of.length === files.length && known.of[0] === files[0]) return known.names;
  const imports = host.imports?.() ?? importsOf(host, files);
  const found = telling(host.catalog, imports.specs, imports.names);
  names.set(host, { of: files, names: found });
  return found;
}

function importsOf(host: ProgramHost, files: readonly string[]): ReturnType<NonNullable<ProgramHost['imports']>> {
  const [specs, imported] = [new Set<string>(), new Set<string>()];
  for (const file of files) {
    const ir = ASKED.has(host.role(file)) ? host.ir(file) : undefined;
    for (const spec of ir?.module.specs ?? []) specs.add(spec);
    for (const record of ir?.module.imports ?? []) imported.add(record.name);
  }
  return { specs, names: imported };
}
