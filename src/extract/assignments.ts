import type { Key, Use, V } from '../vocabulary/ir.ts';
import { exportedBy, exportWhole } from './commonjs.ts';
import { expression, hintOf, shortCircuit } from './expressions.ts';
import type { Extraction } from './extraction.ts';
import { type Node, put, spanOf, withoutCasts } from './node.ts';
import { bind, reference } from './patterns.ts';

/** A place that can be read and written: a variable or a member. */
interface Place {
  read(): V;
  write(value: V): void;
}

function placeOf(x: Extraction, target: Node, whole: Node): Place | null {
  const span = spanOf(whole);
  if (target.type === 'Identifier') return { read: () => x.read(target.name), write: (value) => x.assign(target.name, value, span) };
  if (target.type !== 'MemberExpression') return null;
  const { object, key } = reference(x, target);
  return memberPlace(x, object, key, span);
}

function memberPlace(x: Extraction, object: V, key: Key, span: readonly [number, number]): Place {
  return { read: () => x.fn.get(object, key), write: (value) => x.fn.set(object, key, value, span) };
}

export function assignment(x: Extraction, node: Node, outer: Use): V {
  const target = withoutCasts(node.left);
  const use = outer === 'awaited' || outer === 'returned' ? outer : 'assigned';
  const { operator } = node;
  if (operator === '=') return plain(x, node, target, use);
  const place = placeOf(x, target, node);
  if (place == null) return x.fn.unknown();
  const before = place.read();
  if (operator === '&&=' || operator === '||=' || operator === '??=') {
    const logic = operator.slice(0, -1);
    return shortCircuit(x, logic, before, spanOf(node), () => {
      const value = expression(x, node.right, use, hintOf(x, target));
      place.write(value);
      return value;
    });
  }
  const value = x.fn.bin(operator.slice(0, -1), before, expression(x, node.right, use));
  place.write(value);
  return value;
}

function plain(x: Extraction, node: Node, target: Node, use: Use): V {
  if (target.type === 'ObjectPattern' || target.type === 'ArrayPattern') {
    const value = expression(x, node.right, use);
    bind(x, target, value, 'assign');
    return value;
  }
  const exported = exportedBy(x, target);
  if (exported != null) {
    const value = expression(x, node.right, use, hintOf(x, target));
    if (exported === '=') exportWhole(x, value);
    else if (x.fn.values[value]![0] !== 'undef') put(x.exports, exported, value); // `exports.a = void 0` comes before the real one
    return value;
  }
  const place = placeOf(x, target, node);
  const value = expression(x, node.right, use, hintOf(x, target));
  place?.write(value);
  return value;
}

/** `x++` and the like. */
export function update(x: Extraction, node: Node): V {
  const place = placeOf(x, withoutCasts(node.argument), node);
  if (place == null) return x.fn.unknown();
  const before = place.read();
  const after = x.fn.bin(node.operator === '++' ? '+' : '-', before, x.fn.lit(1));
  place.write(after);
  return node.prefix ? after : before;
}

/** `delete object.key`. */
export function remove(x: Extraction, node: Node): V {
  const target = withoutCasts(node.argument);
  if (target.type === 'MemberExpression') placeOf(x, target, node)!.write(x.fn.simple('undef'));
  else expression(x, target, 'dropped');
  return x.fn.lit(true);
}
