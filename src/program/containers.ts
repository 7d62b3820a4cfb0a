import type { Operation } from '../vocabulary/model.ts';
import { ambientInstance, ambientLibrary, constructedType, typed } from './evaluate.ts';
import { type Held, type Machine, wired } from './machine.ts';
import { type Call, runFunction } from './run.ts';
import { type SourceContext, source } from './sources.ts';
import { type Value, asText, optionsOf } from './value.ts';

/** Notes what a container is handed under a name. */
export function hold(m: Machine, { span, frame: { file } }: Call, { name, value: at, as }: NonNullable<Operation['holds']>, context: SourceContext): void {
  const value = source(m, at, context);
  const note = (key: string, given: Value): void => {
    const shape = given.k === 'library' ? given.type.shape.provides : undefined;
    const known = m.held.get(key) ?? [];
    const held: Held = { file, span, container: context.self, ...(shape !== undefined && given.k === 'library' && given.args[0] !== undefined ? { as: shape, value: given.args[0] } : { as: as ?? 'value', value: given }) };
    if (!known.some((other) => other.file === file && other.span[0] === span[0] && other.value.k === held.value.k)) m.held.set(key, [...known, held]);
  };
  if (name === undefined) {
    if (value.k === 'object') for (const [key, given] of value.props) note(keyOf(context, key), given);
    return;
  }
  const key = asText(source(m, name, context));
  if (key !== undefined) note(keyOf(context, key), value);
}

/** What a container gives for a class, ours or a library's; for a name, what it was handed in the same package; for a token, the type that the call is told. */
export function resolved(m: Machine, token: Value, context: SourceContext): Value | null {
  const { typeArgs, file } = context;
  if (token.k === 'class') return ambientInstance(m, token, []);
  const type = token.k === 'operation' || token.k === 'library' ? constructedType(m, token) : null;
  if (type !== null) return ambientLibrary(m, type, [], file, null);
  const name = asText(token);
  const given = name === undefined ? null : heldAs(m, keyOf(context, name), file);
  if (given !== null) return given;
  return typeArgs[0] === undefined ? null : typed(m, file, typeArgs[0], null);
}

export const keyOf = ({ library }: SourceContext, name: string): string => `${library.name}\0${name}`;

/** What is held under a name in the same package, or nowhere else. */
export function heldAs(m: Machine, key: string, file: string): Value | null {
  const all = m.held.get(key) ?? [];
  const { packageOf } = m.program.host;
  const here = packageOf === undefined ? all : all.filter((held) => packageOf(held.file) === packageOf(file));
  const [only, ...others] = here.length > 0 ? here : all;
  return only === undefined || others.length > 0 ? null : made(m, only);
}

/** Made once, before any execution, by whoever wired the program up. */
function made(m: Machine, held: Held): Value | null {
  if (held.made !== undefined) return held.made;
  held.made = null;
  if (held.as === 'class') return (held.made = held.value.k === 'class' ? ambientInstance(m, held.value, []) : null);
  if (held.as === 'value') return (held.made = held.value);
  const fn = optionsOf(held.value).find((option) => option.k === 'function');
  if (fn?.k !== 'function') return (held.made = held.value.k === 'object' ? held.value : null);
  return (held.made = wired(m, () => runFunction(m, fn, held.container === null ? [] : [held.container], fn.self, null)));
}
