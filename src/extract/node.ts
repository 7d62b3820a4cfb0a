import type { Span } from '../vocabulary/ir.ts';

/**
 * A TS-ESTree node of either parser. `parent` and `loc` exist in one of the hosts only, so nothing may read them; absent optional
 * fields are `null` in one tree and missing in the other, so they are tested with `== null`.
 */
export interface Node {
  readonly type: string;
  readonly start?: number;
  readonly end?: number;
  readonly range?: readonly [number, number];
  readonly parent?: never;
  readonly loc?: never;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the shape is given by `type`
  readonly [field: string]: any;
}

/** A record while it is being filled: absent fields stay absent, so that IR read back from JSON is the same. */
export type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export function startOf(node: Node): number {
  return node.range != null ? node.range[0] : node.start!;
}

export function endOf(node: Node): number {
  return node.range != null ? node.range[1] : node.end!;
}

export function spanOf(node: Node): Span {
  return [startOf(node), endOf(node)];
}

/** Span of a binding name or pattern, without its decorators, `?` and annotation (whose part in the range differs between parsers). */
export function nameSpan(node: Node, text: string, decorators?: readonly Node[]): Span {
  let start = startOf(node);
  if (decorators != null && decorators.length > 0) {
    const after = endOf(decorators[decorators.length - 1]!);
    if (after > start) start = node.type === 'Identifier' ? text.indexOf(node.name, after) : skipBlank(text, after);
  }
  if (node.type === 'Identifier') return [start, start + node.name.length];
  if (node.typeAnnotation == null) return [start, endOf(node)];
  let end = startOf(node.typeAnnotation);
  while (end > start && /[\s?:]/.test(text[end - 1]!)) end--;
  return [start, end];
}

export function skipBlank(text: string, offset: number): number {
  while (offset < text.length && text.charCodeAt(offset) <= 32) offset++;
  return offset;
}

/** Through parentheses, casts and `!`, which change no value. */
export function withoutCasts(node: Node): Node {
  for (;;) {
    switch (node.type) {
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
      case 'TSTypeAssertion':
      case 'TSNonNullExpression':
      case 'TSInstantiationExpression':
      case 'ParenthesizedExpression':
      case 'ChainExpression':
        node = node.expression;
        break;
      default:
        return node;
    }
  }
}

/** The string that a literal or a template without holes spells, else null. */
export function stringOf(node: Node | null | undefined): string | null {
  if (node == null) return null;
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : null;
  if (node.type === 'TemplateLiteral' && node.expressions.length === 0) return node.quasis[0].value.cooked ?? null;
  return null;
}

/** Name of a property key that needs no evaluation (`a`, `'a'`, `['a']`, `1`, `#a`), else null. */
export function keyName(key: Node, computed: boolean): string | null {
  if (!computed && key.type === 'Identifier') return key.name;
  if (key.type === 'PrivateIdentifier') return `#${key.name}`;
  if (key.type === 'Literal' && typeof key.value === 'number') return String(key.value);
  return stringOf(key);
}

/** Name in an import or export specifier: an identifier or a string. */
export function moduleName(node: Node): string {
  return node.type === 'Literal' ? String(node.value) : node.name;
}

/** An object to be filled with names: a dictionary from the start, which is far quicker to fill. */
export function record<T>(): Record<string, T> {
  return Object.setPrototypeOf(Object.create(null), Object.prototype) as Record<string, T>;
}

/** `__proto__` is a key like any other. */
export function put<T>(record: Record<string, T>, key: string, value: T): void {
  if (key === '__proto__') Object.defineProperty(record, key, { value, enumerable: true, configurable: true, writable: true });
  else record[key] = value;
}
