import type { Key, V } from '../vocabulary/ir.ts';
import { expression, keyOf } from './expressions.ts';
import type { Extraction } from './extraction.ts';
import { keyName, nameSpan, type Node, spanOf, withoutCasts } from './node.ts';
import { annotation } from './types.ts';

/** `declare` gives a new name its first value, and `param` does so without saying its type again; `assign` changes what is there. */
export type Mode = 'declare' | 'param' | 'assign';

/** Gives the value to every name, or member, in a pattern. */
export function bind(x: Extraction, pattern: Node, value: V, mode: Mode): void {
  switch (pattern.type) {
    case 'Identifier':
      return bindName(x, pattern, value, mode);
    case 'ObjectPattern':
      if (mode === 'declare') x.fn.typed(value, annotation(x, pattern.typeAnnotation));
      return bindObject(x, pattern, value, mode);
    case 'ArrayPattern':
      if (mode === 'declare') x.fn.typed(value, annotation(x, pattern.typeAnnotation));
      return bindArray(x, pattern, value, mode);
    case 'AssignmentPattern':
      return bind(x, pattern.left, withDefault(x, pattern, value), mode);
    case 'MemberExpression': {
      const target = reference(x, pattern);
      x.fn.set(target.object, target.key, value, spanOf(pattern));
      return;
    }
    default: {
      const inner = withoutCasts(pattern);
      if (inner !== pattern) bind(x, inner, value, mode);
    }
  }
}

function bindName(x: Extraction, node: Node, value: V, mode: Mode): void {
  const binding = x.scope.find(node.name);
  if (binding == null || binding.imported != null) return;
  if (mode === 'declare') binding.type ??= annotation(x, node.typeAnnotation) ?? null;
  x.assignTo(binding, value, nameSpan(node, x.text));
  if (mode === 'param') binding.type = annotation(x, node.typeAnnotation) ?? null;
}

function bindObject(x: Extraction, pattern: Node, value: V, mode: Mode): void {
  const taken: string[] = [];
  for (const property of pattern.properties as readonly Node[]) {
    if (property.type === 'RestElement') {
      bind(x, property.argument, x.fn.rest(value, taken), mode);
      continue;
    }
    const key = propertyKey(x, property);
    if (typeof key === 'string') taken.push(key);
    bind(x, property.value, x.fn.get(value, key), mode);
  }
}

function bindArray(x: Extraction, pattern: Node, value: V, mode: Mode): void {
  const elements = pattern.elements as readonly (Node | null)[];
  for (let i = 0; i < elements.length; i++) {
    const element = elements[i];
    if (element == null) continue;
    if (element.type === 'RestElement') bind(x, element.argument, x.fn.rest(value, Array.from({ length: i }, (_, index) => String(index))), mode);
    else bind(x, element, x.fn.get(value, String(i)), mode);
  }
}

/** The value of `pattern = default`: the default is evaluated only when the value is undefined. */
export function withDefault(x: Extraction, pattern: Node, value: V): V {
  const { fn } = x;
  const { left, right } = pattern;
  const hint = left.type === 'Identifier' ? { name: left.name, span: nameSpan(left, x.text) } : null;
  let otherwise: V = -1;
  const path = fn.branch(() => {
    otherwise = expression(x, right, 'assigned', hint);
  });
  if (path.events.length > 0) fn.emit(['if', fn.bin('===', value, fn.simple('undef')), path.events, [], spanOf(right)]);
  fn.join([{ events: [], changes: new Map(), dead: false }, path]);
  return fn.default(value, otherwise);
}

export function propertyKey(x: Extraction, property: Node): Key {
  return keyName(property.key, property.computed) ?? keyOf(x, expression(x, property.key, 'argument'));
}

/** The object and the key of a member expression, evaluated. */
export function reference(x: Extraction, member: Node): { object: V; key: Key } {
  const object = expression(x, member.object, 'receiver');
  const key = keyName(member.property, member.computed) ?? keyOf(x, expression(x, member.property, 'argument'));
  return { object, key };
}
