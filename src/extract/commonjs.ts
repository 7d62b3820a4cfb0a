import type { V } from '../vocabulary/ir.ts';
import type { Extraction } from './extraction.ts';
import { keyName, type Node, put, withoutCasts } from './node.ts';

/** What an assignment to this target exports: a name, `=` for the whole module, or nothing. */
export function exportedBy(x: Extraction, target: Node): string | null {
  if (target.type !== 'MemberExpression' || x.fn.up != null) return null;
  if (isModuleExports(x, target)) return '=';
  const object = withoutCasts(target.object);
  return isGlobal(x, object, 'exports') || isModuleExports(x, object) ? keyName(target.property, target.computed) : null;
}

function isModuleExports(x: Extraction, node: Node): boolean {
  return node.type === 'MemberExpression' && isGlobal(x, node.object, 'module') && keyName(node.property, node.computed) === 'exports';
}

function isGlobal(x: Extraction, node: Node, name: string): boolean {
  return node.type === 'Identifier' && node.name === name && x.scope.find(name) == null;
}

/** `module.exports = …`: the value itself and, for an object literal, each of its keys. */
export function exportWhole(x: Extraction, value: V): void {
  put(x.exports, '=', value);
  const term = x.fn.values[value]!;
  if (term[0] !== 'obj') return;
  for (let i = 1; i < term.length; i++) {
    const prop = term[i]!;
    if (typeof prop !== 'string' && prop.length === 2 && typeof prop[0] === 'string') put(x.exports, prop[0], prop[1]);
  }
}

/** `Object.defineProperty(exports, …)`, as compilers write it; it does nothing that matters here. */
export function definesExport(x: Extraction, node: Node): boolean {
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression' || node.arguments.length === 0) return false;
  const { object, property } = node.callee;
  return property.name === 'defineProperty' && isGlobal(x, object, 'Object') && isGlobal(x, node.arguments[0], 'exports');
}
