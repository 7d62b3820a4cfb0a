import type { Arg, Ev, Key, Prop, Use, V } from '../vocabulary/ir.ts';
import { assignment, remove, update } from './assignments.ts';
import { classExpression } from './classes.ts';
import type { Extraction, Hint } from './extraction.ts';
import type { Path } from './flow.ts';
import { functionExpression, functionValue } from './functions.ts';
import { jsx } from './jsx.ts';
import { endOf, keyName, nameSpan, type Node, spanOf, startOf, stringOf } from './node.ts';
import { reference } from './patterns.ts';
import { typeArguments, typeRef } from './types.ts';

type Handler = (x: Extraction, node: Node, use: Use, hint: Hint | null) => V;

/** Evaluates an expression: its events are emitted, its value is the answer. `use` is what the surroundings do with the value. */
export function expression(x: Extraction, node: Node, use: Use, hint: Hint | null = null): V {
  const handler = HANDLERS[node.type];
  return handler == null ? x.fn.unknown() : handler(x, node, use, hint);
}

/** A computed key; one whose value is a known literal is that literal. */
export function keyOf(x: Extraction, value: V): Key {
  const term = x.fn.values[value]!;
  return term[0] === 'lit' && (typeof term[1] === 'string' || typeof term[1] === 'number') ? String(term[1]) : value;
}

const UNCHANGED: Path = { events: [], changes: new Map(), dead: false };

const transparent: Handler = (x, node, use, hint) => expression(x, node.expression, use, hint);

const cast: Handler = (x, node, use, hint) => {
  const value = expression(x, node.expression, use, hint);
  const type: Node = node.typeAnnotation;
  if (!isConst(type)) x.fn.typed(value, typeRef(x, type));
  return value;
};

function isConst(type: Node): boolean {
  return type.type === 'TSTypeReference' && type.typeName.type === 'Identifier' && type.typeName.name === 'const';
}

const HANDLERS: Readonly<Record<string, Handler>> = {
  Identifier: (x, node) => x.read(node.name),
  Literal: literal,
  MemberExpression: (x, node) => {
    const { object, key } = reference(x, node);
    return x.fn.get(object, key);
  },
  CallExpression: call,
  NewExpression: construct,
  TaggedTemplateExpression: tag,
  AwaitExpression: awaited,
  ArrowFunctionExpression: functionExpression,
  FunctionExpression: functionExpression,
  ClassExpression: classExpression,
  ObjectExpression: object,
  ArrayExpression: (x, node) => x.fn.arr(args(x, node.elements, 'element')),
  TemplateLiteral: template,
  ThisExpression: (x) => x.fn.simple('this'),
  Super: (x) => x.fn.simple('super'),
  BinaryExpression: binary,
  LogicalExpression: logical,
  ConditionalExpression: conditional,
  UnaryExpression: unary,
  UpdateExpression: update,
  AssignmentExpression: assignment,
  SequenceExpression: (x, node, use, hint) => {
    const last = node.expressions.length - 1;
    for (let i = 0; i < last; i++) expression(x, node.expressions[i], 'dropped');
    return expression(x, node.expressions[last], use, hint);
  },
  YieldExpression: (x, node) => {
    const value = node.argument == null ? x.fn.simple('undef') : expression(x, node.argument, 'returned');
    x.fn.emit(['yield', value, spanOf(node)]);
    return x.fn.unknown();
  },
  ImportExpression: (x, node) => {
    const spec = stringOf(node.source);
    if (spec != null) return imported(x, spec);
    expression(x, node.source, 'argument');
    return x.fn.unknown();
  },
  MetaProperty: (x, node) => x.fn.global(`${node.meta.name}.${node.property.name}`),
  ChainExpression: transparent,
  ParenthesizedExpression: transparent,
  TSNonNullExpression: transparent,
  TSInstantiationExpression: transparent,
  TSAsExpression: cast,
  TSSatisfiesExpression: cast,
  TSTypeAssertion: cast,
  JSXElement: element,
  JSXFragment: element,
};

function element(x: Extraction, node: Node): V {
  jsx(x, node);
  return x.fn.unknown();
}

function imported(x: Extraction, spec: string): V {
  x.specs.add(spec);
  return x.fn.import(spec, '*');
}

function literal(x: Extraction, node: Node): V {
  if (node.regex != null) return x.fn.regex(`/${node.regex.pattern}/${node.regex.flags}`);
  if (node.bigint != null) return x.fn.lit(Number(node.bigint));
  return x.fn.lit(node.value);
}

export function args(x: Extraction, nodes: readonly (Node | null)[], use: Use): Arg[] {
  return nodes.map((node) => {
    if (node == null) return x.fn.simple('undef');
    return node.type === 'SpreadElement' ? ([expression(x, node.argument, use)] as const) : expression(x, node, use);
  });
}

function call(x: Extraction, node: Node, use: Use): V {
  const { fn } = x;
  if (node.callee.type === 'Identifier' && node.callee.name === 'require' && node.arguments.length === 1) {
    const spec = stringOf(node.arguments[0]);
    if (spec != null) return imported(x, spec);
  }
  const callee = expression(x, node.callee, 'receiver');
  const values = args(x, node.arguments, 'argument');
  const event = fn.event();
  fn.emit(['call', event, callee, values, use, spanOf(node)]);
  return result(x, node, event);
}

function construct(x: Extraction, node: Node, use: Use): V {
  const callee = expression(x, node.callee, 'receiver');
  const values = args(x, node.arguments, 'argument');
  const event = x.fn.event();
  x.fn.emit(['new', event, callee, values, use, spanOf(node)]);
  return result(x, node, event);
}

function result(x: Extraction, node: Node, event: Ev): V {
  if (node.typeArguments != null) x.fn.typedCall(event, typeArguments(x, node.typeArguments));
  return x.fn.res(event);
}

function quasis(node: Node): string[] {
  return node.quasis.map(({ value }: Node) => value.cooked ?? value.raw);
}

function template(x: Extraction, node: Node): V {
  if (node.expressions.length === 0) return x.fn.lit(quasis(node)[0]!);
  return x.fn.tpl(
    quasis(node),
    node.expressions.map((part: Node) => expression(x, part, 'argument')),
  );
}

function tag(x: Extraction, node: Node, use: Use): V {
  const callee = expression(x, node.tag, 'receiver');
  const values = node.quasi.expressions.map((part: Node) => expression(x, part, 'argument'));
  const event = x.fn.event();
  x.fn.emit(['tag', event, callee, quasis(node.quasi), values, use, spanOf(node)]);
  return result(x, node, event);
}

function awaited(x: Extraction, node: Node): V {
  const value = expression(x, node.argument, 'awaited');
  if (node.argument.type === 'ImportExpression') return value; // a module stands for the promise of it
  x.fn.emit(['await', value, spanOf(node)]);
  return x.fn.await(value);
}

function object(x: Extraction, node: Node, _use: Use, hint: Hint | null): V {
  const props: Prop[] = [];
  for (const property of node.properties as readonly Node[]) {
    if (property.type === 'SpreadElement') {
      props.push([expression(x, property.argument, 'element')]);
      continue;
    }
    const name = keyName(property.key, property.computed);
    const key = name ?? keyOf(x, expression(x, property.key, 'argument'));
    const local = typeof key === 'string' ? key : '<computed>';
    const inner: Hint = { name: hint == null ? local : `${hint.name}.${local}`, span: spanOf(property.key) };
    const expecting = x.expectFunction(property);
    const method = property.kind === 'get' ? 'getter' : property.kind === 'set' ? 'setter' : property.method ? 'method' : null;
    const value = method == null ? expression(x, property.value, 'element', inner) : functionValue(x, property.value, method, inner, spanOf(property));
    if (expecting) x.expectNone();
    if (property.kind === 'init') props.push([key, value]);
    else if (!props.some(([known]) => known === key)) props.push([key, x.fn.unknown()]); // an accessor: its value is made when it is read
  }
  return x.fn.obj(props);
}

const COMPARISONS = new Set(['==', '!=', '===', '!==', '<', '<=', '>', '>=', 'in', 'instanceof']);

/** Long chains (`a + b + c + …`) nest to the left: walked, not recursed into. */
function binary(x: Extraction, node: Node): V {
  const chain: Node[] = [];
  let first = node;
  for (; first.type === 'BinaryExpression'; first = first.left) chain.push(first);
  let value = first.type === 'PrivateIdentifier' ? x.fn.lit(`#${first.name}`) : expression(x, first, operandUse(chain[chain.length - 1]!));
  for (let i = chain.length - 1; i >= 0; i--) {
    const { operator, right } = chain[i]!;
    value = x.fn.bin(operator, value, expression(x, right, operandUse(chain[i]!)));
  }
  return value;
}

function operandUse(node: Node): Use {
  return COMPARISONS.has(node.operator) ? 'tested' : 'argument';
}

function logical(x: Extraction, node: Node, use: Use, hint: Hint | null): V {
  const chain: Node[] = [];
  let first = node;
  for (; first.type === 'LogicalExpression'; first = first.left) chain.push(first);
  const guard = chain.findIndex(({ operator }) => operator === '&&');
  /** Use of what stands left of the nth operator: it is tested, and unless it only guards it is the result as well. */
  const leftUse = (n: number): Use => (use === 'dropped' || (guard >= 0 && guard <= n) ? 'tested' : use);
  let value = expression(x, first, leftUse(chain.length - 1), hint);
  for (let i = chain.length - 1; i >= 0; i--) {
    const { operator, right } = chain[i]!;
    const rightUse = i === 0 ? use : leftUse(i - 1);
    value = shortCircuit(x, operator, value, spanOf(right), () => expression(x, right, rightUse, hint));
  }
  return value;
}

/** `left && right()` and the like: what the right side does is done under a condition. */
export function shortCircuit(x: Extraction, operator: '&&' | '||' | '??', left: V, span: readonly [number, number], right: () => V): V {
  const { fn } = x;
  let value: V = -1;
  const path = fn.branch(() => {
    value = right();
  });
  if (path.events.length > 0) fn.emit(operator === '&&' ? ['if', left, path.events, [], span] : ['if', left, [], path.events, span]);
  fn.join([UNCHANGED, path]);
  return fn.logic(operator, left, value);
}

function conditional(x: Extraction, node: Node, use: Use, hint: Hint | null): V {
  const { fn } = x;
  const test = expression(x, node.test, 'tested');
  let yes: V = -1;
  let no: V = -1;
  const then = fn.branch(() => {
    yes = expression(x, node.consequent, use, hint);
  });
  const otherwise = fn.branch(() => {
    no = expression(x, node.alternate, use, hint);
  });
  if (then.events.length > 0 || otherwise.events.length > 0) fn.emit(['if', test, then.events, otherwise.events, spanOf(node)]);
  fn.join([then, otherwise]);
  return fn.cond(test, yes, no);
}

function unary(x: Extraction, node: Node): V {
  const { fn } = x;
  switch (node.operator) {
    case 'void':
      expression(x, node.argument, 'dropped');
      return fn.simple('undef');
    case 'delete':
      return remove(x, node);
    case '-':
      if (node.argument.type === 'Literal' && typeof node.argument.value === 'number') return fn.lit(-node.argument.value);
      break;
  }
  return fn.un(node.operator, expression(x, node.argument, node.operator === '!' || node.operator === 'typeof' ? 'tested' : 'argument'));
}

/** The name that an assignment or declaration gives to what it holds. */
export function hintOf(x: Extraction, target: Node): Hint | null {
  if (target.type === 'Identifier') return { name: target.name, span: nameSpan(target, x.text) };
  if (target.type !== 'MemberExpression') return null;
  const key = keyName(target.property, target.computed);
  if (key == null) return null;
  const span = [startOf(target), endOf(target)] as const;
  const { object } = target;
  if (object.type !== 'Identifier' && object.type !== 'MemberExpression') return { name: key, span };
  let outer = hintOf(x, object)?.name ?? '';
  if (outer === 'module' && key === 'exports') return { name: 'exports', span };
  if (outer.endsWith('.prototype')) outer = outer.slice(0, -'.prototype'.length);
  return { name: outer === 'exports' || outer === 'module.exports' || outer === '' ? key : `${outer}.${key}`, span };
}
