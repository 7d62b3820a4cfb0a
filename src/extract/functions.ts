import type { ClassId, Decorator, FunctionId, FunctionKind, Param, Span, Use, V } from '../vocabulary/ir.ts';
import { expression } from './expressions.ts';
import type { Extraction, Hint } from './extraction.ts';
import type { FunctionBuilder, FunctionHead } from './function-builder.ts';
import { type Mutable, nameSpan, type Node, spanOf, startOf } from './node.ts';
import { bind, withDefault } from './patterns.ts';
import { boundNames, varNames } from './scope.ts';
import { enterBlock, statements } from './statements.ts';
import { annotation } from './types.ts';

export interface FunctionContext {
  readonly kind: FunctionKind;
  /** Local name; the names of the enclosing functions are put before it. */
  readonly name: string;
  readonly nameSpan: Span;
  readonly span: Span;
  readonly class?: ClassId;
  readonly decorators?: readonly Decorator[];
  /** Decorators of the parameters, evaluated outside. */
  readonly paramDecorators?: readonly (readonly Decorator[])[];
  readonly tags: readonly string[];
}

export function functionExpression(x: Extraction, node: Node, _use: Use, hint: Hint | null): V {
  const kind = node.type === 'ArrowFunctionExpression' ? 'arrow' : 'function';
  const own = node.id == null ? null : { name: node.id.name, span: nameSpan(node.id, x.text) };
  return functionValue(x, node, kind, hint ?? own ?? { name: '<anonymous>', span: headSpan(node, x.text) }, spanOf(node));
}

export function functionValue(x: Extraction, node: Node, kind: FunctionKind, named: Hint, span: Span): V {
  const id = x.reserveFunction();
  const value = x.fn.fn(id);
  const context: FunctionContext = { kind, name: named.name, nameSpan: named.span, span, tags: x.takeTags(node) };
  if (node.id == null) readFunction(x, node, id, context);
  else
    x.scoped(() => {
      x.fn.write(x.scope.declare(node.id.name), value); // its own name inside it
      readFunction(x, node, id, context);
    });
  return value;
}

/** From the start of a function to its body. */
export function headSpan(node: Node, text: string): Span {
  const start = startOf(node);
  let end = startOf(node.body);
  while (end > start && text.charCodeAt(end - 1) <= 32) end--;
  return [start, end];
}

export function readFunction(x: Extraction, node: Node, id: FunctionId, context: FunctionContext): void {
  const name = x.fullName(context.name);
  const { kind, span, nameSpan: named, class: owner, decorators, tags } = context;
  const head: FunctionHead = {
    name,
    kind,
    async: node.async === true,
    generator: node.generator === true,
    span,
    nameSpan: named,
    class: owner,
    decorators,
    tags,
    returns: annotation(x, node.returnType),
  };
  x.within(head, name, id, (fn) => {
    const isBlock = node.body.type === 'BlockStatement';
    const body: readonly Node[] = isBlock ? node.body.body : [];
    parameters(x, fn, node.params, context.paramDecorators);
    varNames(body, (local) => x.scope.declare(local));
    if (isBlock) {
      enterBlock(x, body);
      readDirectives(body, fn.directives);
      statements(x, body);
    } else {
      const value = expression(x, node.body, 'returned');
      fn.emit(['return', value, spanOf(node.body)]);
    }
  });
}

export function readDirectives(body: readonly Node[], into: string[]): void {
  for (const statement of body) {
    if (statement.type !== 'ExpressionStatement' || typeof statement.directive !== 'string') return;
    into.push(statement.directive);
  }
}

function parameters(x: Extraction, fn: FunctionBuilder, nodes: readonly Node[], decorators: FunctionContext['paramDecorators']): void {
  const list: readonly Node[] = nodes.length > 0 && nodes[0]!.type === 'Identifier' && nodes[0]!.name === 'this' ? nodes.slice(1) : nodes;
  if (list !== nodes) fn.typed(fn.simple('this'), annotation(x, nodes[0]!.typeAnnotation));
  for (const node of list) boundNames(node, (name) => x.scope.declare(name));
  list.forEach((node, index) => {
    const isProperty = node.type === 'TSParameterProperty';
    const outer: Node = isProperty ? node.parameter : node;
    const isRest = outer.type === 'RestElement';
    const hasDefault = outer.type === 'AssignmentPattern';
    const pattern: Node = isRest ? outer.argument : hasDefault ? outer.left : outer;
    const raw = fn.param(index);
    const value = hasDefault ? withDefault(x, outer, raw) : raw;
    const type = annotation(x, pattern.typeAnnotation ?? outer.typeAnnotation);
    const own = decorators?.[index] ?? [];
    const span = nameSpan(pattern, x.text, decoratorsOf(node));
    const param: Mutable<Param> = { name: pattern.type === 'Identifier' ? pattern.name : '', span };
    if (type != null) param.type = type;
    if (isRest) param.rest = true;
    if (pattern.optional === true) param.optional = true;
    if (hasDefault) param.default = defaultOf(fn, value);
    if (isProperty) param.property = true;
    if (own.length > 0) param.decorators = own;
    fn.params.push(param);
    bind(x, pattern, value, 'param');
    if (isProperty && param.name !== '') fn.set(fn.simple('this'), param.name, value, span);
  });
}

/** Where a parameter's decorators hang depends on whether it has a default, is a rest or a property. */
export function decoratorsOf(param: Node): readonly Node[] {
  for (let node: Node | null | undefined = param; node != null; node = node.parameter ?? node.left ?? node.argument) {
    const own: readonly Node[] | null | undefined = node.decorators;
    if (own != null && own.length > 0) return own;
  }
  return [];
}

function defaultOf(fn: FunctionBuilder, value: V): V {
  return fn.values[value]![2] as V;
}
