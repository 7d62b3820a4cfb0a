import type { LibraryModel, Returns, Source } from '../vocabulary/model.ts';
import type { TypeRef } from '../vocabulary/ir.ts';
import { ambientLibrary, defaultClient, itemOf, library, member, moduleFrame, valueOfType } from './evaluate.ts';
import type { Machine } from './machine.ts';
import { type LibraryValue, type Value, literal, UNDEFINED, UNKNOWN } from './value.ts';

/** What a {@link Source} may refer to at one call. */
export interface SourceContext {
  readonly args: readonly Value[];
  readonly self: LibraryValue | null;
  readonly library: LibraryModel;
  readonly result: Value;
  readonly typeArgs: readonly TypeRef[];
  readonly file: string;
  /** Made by a container, not by code in view. */
  readonly injected?: boolean;
}

/** Type arguments of the call, or else of the receiver, with the file that they are written in. */
export const typeArgsOf = ({ typeArgs, file, self }: SourceContext): Pick<SourceContext, 'typeArgs' | 'file'> =>
  typeArgs.length > 0 || self === null || self.typeArgs.length === 0 ? { typeArgs, file } : { typeArgs: self.typeArgs, file: self.file };

/** Sources as they are written in models, taken apart. */
const pathsOfSources = new Map<Source, readonly string[]>();

/** The value at a source; `undefined` (the value) when it is absent. */
export function source(m: Machine, expression: Source, context: SourceContext): Value {
  if (expression.startsWith('#')) return literal(expression.slice(1));
  let parts = pathsOfSources.get(expression);
  if (parts === undefined) pathsOfSources.set(expression, (parts = expression.replaceAll('[]', '.[]').split('.')));
  const root = parts[0]!;
  let value: Value;
  if (root === 'last') value = context.args.at(-1) ?? UNDEFINED;
  else if (root === 'args') value = { k: 'array', items: [...context.args], spreads: [], pushed: [] };
  else if (root === 'this') value = context.self ?? UNDEFINED;
  else if (root === 'class') value = context.self?.k === 'library' && context.self.resource?.k === 'class' ? context.self.resource : (context.self ?? UNDEFINED);
  else if (root === 'result') value = context.result;
  else if (root === 'client') return madeWith(m, parts.slice(1), context.self?.handle ?? context.self);
  else if (/^a\d+$/.test(root)) value = context.args[Number(root.slice(1))] ?? UNDEFINED;
  else if (/^type\d+$/.test(root)) value = typeValue(m, context, Number(root.slice(4)));
  else return UNKNOWN;
  for (const part of parts.slice(1)) {
    if (value.k === 'undefined') return UNDEFINED;
    value = part === '[]' ? itemOf(m, value) : member(m, value, part);
  }
  return value;
}

/**
 * Each value at a source, where one call is handed many: `*` is any member, and a list, of resolver maps say, stands for its elements
 * even where the source does not say so.
 */
export function everyAt(m: Machine, expression: Source, context: SourceContext): Value[] {
  const [root, ...path] = expression.split('.');
  return apart(path.reduce((values, part) => apart(values).flatMap((value) => (part === '*' ? membersOf(m, value) : named(m, value, part))), [source(m, root!, context)]));
}

/** Lists and merged objects, nested a few deep, taken apart. */
function apart(values: readonly Value[], depth = 0): Value[] {
  return values.flatMap((value) => {
    if (depth > 4) return [];
    if (value.k === 'phi') return apart(value.options, depth + 1);
    if (value.k === 'array') return apart([...value.items, ...value.pushed.map((push) => push.value), ...value.spreads], depth + 1);
    if (value.k === 'derived' && value.op === 'merge') return apart(value.from, depth + 1);
    return [value];
  });
}

/** What is spread into an object may have more of a map under the same name, where maps are merged by name. */
const named = (m: Machine, value: Value, part: string): Value[] =>
  value.k === 'object' && !value.props.has(part) && value.spreads.length > 0 ? apart(value.spreads).flatMap((spread) => named(m, spread, part)) : [member(m, value, part)];

function membersOf(m: Machine, value: Value): Value[] {
  switch (value.k) {
    case 'object': return [...new Set([...[...value.props.keys()].map((key) => member(m, value, key)), ...(value.sets?.values() ?? []), ...value.computed, ...apart(value.spreads).flatMap((spread) => membersOf(m, spread))])];
    case 'module': return Object.keys(m.program.ir(value.file)?.module.exports ?? {}).map((name) => member(m, value, name));
    case 'instance': return m.program.ir(value.of.file)!.classes[value.of.id]!.methods.filter((method) => !method.static).map((method) => member(m, value, method.name));
    default: return [];
  }
}

/** What a client was given when it was made. */
function madeWith(m: Machine, [argument, ...path]: readonly string[], client: Value | null): Value {
  if (client?.k !== 'library' || client.inView !== true) return UNKNOWN;
  let value = client.args[Number(argument!.slice(1))] ?? UNDEFINED;
  for (const part of path) value = member(m, value, part);
  return value;
}

function typeValue(m: Machine, context: SourceContext, index: number): Value {
  const type = context.typeArgs[index] ?? context.self?.typeArgs[index];
  if (type === undefined) return UNDEFINED;
  const value = valueOfType(m, context.file, type);
  if (value !== undefined) return value ?? UNKNOWN;
  const target = m.program.typeNamed(context.file, type);
  if (target?.kind === 'class') return { k: 'class', file: target.ref.file, id: target.ref.id, up: moduleFrame(m, target.ref.file) };
  return literal(type.name.split('.').at(-1)!);
}

/** The value that {@link Returns} describes; null when it says nothing. */
export function sourceValue(m: Machine, returns: Returns | null | undefined, context: SourceContext): Value | null {
  if (returns === null || returns === undefined || returns === 'invoked') return null;
  if (typeof returns === 'string') {
    if (returns === 'this') return context.self ?? UNKNOWN;
    if (/^(a\d+|last|args|result|class$|type\d+|this\.|#)/.test(returns)) return source(m, returns, context);
    return instance(m, { type: returns }, context);
  }
  return instance(m, returns, context);
}

function instance(m: Machine, returns: Exclude<Returns, string>, context: SourceContext): Value | null {
  const { catalog } = m.program;
  const type = catalog.named(context.library, returns.type);
  if (type === undefined) return null;
  const trait = catalog.trait(type, 'resource');
  const named = returns.resource !== undefined ? source(m, returns.resource, context) : trait === 'a0' ? (context.args[0] ?? null) : trait === 'type0' ? typeValue(m, context, 0) : null;
  const resource = named === null || named.k === 'undefined' ? (context.self?.resource ?? null) : named;
  if (context.injected === true) {
    const base = ambientLibrary(m, type, context.typeArgs, context.file, null);
    return resource === null ? base : sharedWith(m, base, resource, context);
  }
  const value = library(type, { resource, ...typeArgsOf(context), args: context.args });
  value.inView = true;
  const role = catalog.trait(type, 'role');
  if (context.self !== null) value.parent = context.self.handle ?? context.self;
  if (returns.handle === 'new') value.handle = value;
  else if (returns.handle !== undefined) value.handle = source(m, returns.handle, context);
  else if (context.self !== null) value.handle = context.self.handle ?? context.self;
  else value.handle = role === 'client' || role === 'transaction' || role === 'session' ? value : defaultClient(m, type);
  return value;
}

const shared = new WeakMap<Machine, Map<string, LibraryValue>>();

/** Injected repositories of one resource are one value. */
function sharedWith(m: Machine, base: LibraryValue, resource: Value, context: SourceContext): LibraryValue {
  const name = resource.k === 'class' ? `${resource.file}#${resource.id}` : resource.k === 'literal' ? String(resource.value) : null;
  let known = shared.get(m);
  if (known === undefined) shared.set(m, (known = new Map()));
  const key = name === null ? null : `${base.type.id}\0${name}`;
  const found = key === null ? undefined : known.get(key);
  if (found !== undefined) return found;
  const value = library(base.type, { resource, typeArgs: context.typeArgs, file: context.file, handle: defaultClient(m, base.type) });
  if (key !== null) known.set(key, value);
  return value;
}
