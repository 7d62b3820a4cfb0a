import type { ClassId, ClassIR, Decorator, FunctionId, Span, Use, V } from '../vocabulary/ir.ts';
import { args, expression } from './expressions.ts';
import type { Extraction, Hint } from './extraction.ts';
import { decoratorsOf, readFunction } from './functions.ts';
import { endOf, keyName, nameSpan, type Node, spanOf, startOf } from './node.ts';
import { varNames } from './scope.ts';
import { enterBlock, statements } from './statements.ts';
import { annotation, mayBeNothing, named, typeParameters, typeRef } from './types.ts';

export function reserveClass(x: Extraction): ClassId {
  return x.classes.push(undefined as unknown as ClassIR) - 1;
}

export function classExpression(x: Extraction, node: Node, _use: Use, hint: Hint | null): V {
  const id = reserveClass(x);
  const value = x.fn.class(id);
  const name = hint?.name ?? node.id?.name ?? '<anonymous>';
  if (node.id == null) readClass(x, node, id, name);
  else
    x.scoped(() => {
      x.fn.write(x.scope.declare(node.id.name), value);
      readClass(x, node, id, name);
    });
  return value;
}

export function classDeclaration(x: Extraction, node: Node): V {
  const declared = x.declared.get(node);
  if (declared == null) return classExpression(x, node, 'assigned', { name: 'default', span: spanOf(node) });
  readClass(x, node, declared.id, node.id.name);
  return declared.value;
}

/** Decorators as values; the call that makes a decorator is no event. */
export function decorators(x: Extraction, nodes: readonly Node[] | null | undefined): Decorator[] {
  if (nodes == null) return [];
  return nodes.map((node) => {
    const made: Node = node.expression;
    const span = spanOf(node);
    if (made.type !== 'CallExpression') return { callee: expression(x, made, 'receiver'), args: null, span };
    return { callee: expression(x, made.callee, 'receiver'), args: args(x, made.arguments, 'argument'), span };
  });
}

function readClass(x: Extraction, node: Node, id: ClassId, name: string): void {
  x.expectNone();
  const own = decorators(x, node.decorators);
  const base = node.superClass == null ? null : expression(x, node.superClass, 'argument');
  const body = new ClassBody(x, id, name);
  body.read(node.body.body);
  const { ctor, fieldsInit, staticInit } = body;
  x.classes[id] = {
    name: x.fullName(name),
    span: spanOf(node),
    up: x.fn.id,
    ...(base != null && { extends: base, superType: named(x, node.superClass, node.superTypeArguments) }),
    implements: ((node.implements ?? []) as readonly Node[]).map((type) => typeRef(x, type)),
    typeParams: typeParameters(node.typeParameters),
    decorators: own,
    ...(node.abstract === true && { abstract: true }),
    fields: body.fields,
    methods: body.methods,
    ...(ctor != null && { ctor }),
    ...(fieldsInit != null && { fieldsInit }),
    ...(staticInit != null && { staticInit }),
  };
}

class ClassBody {
  readonly fields: ClassIR['fields'][number][] = [];
  readonly methods: ClassIR['methods'][number][] = [];
  ctor?: FunctionId;
  fieldsInit?: FunctionId;
  staticInit?: FunctionId;

  constructor(
    private readonly x: Extraction,
    private readonly id: ClassId,
    private readonly name: string,
  ) {}

  read(members: readonly Node[]): void {
    const initial: Node[] = [];
    const fixed: Node[] = [];
    for (const member of members) {
      switch (member.type) {
        case 'MethodDefinition':
          this.method(member);
          break;
        case 'PropertyDefinition':
        case 'AccessorProperty':
          this.field(member, member.static ? fixed : initial);
          break;
        case 'TSAbstractPropertyDefinition':
        case 'TSAbstractAccessorProperty':
          this.field(member, []);
          break;
        case 'StaticBlock':
          fixed.push(member);
          break;
      }
    }
    if (initial.length > 0) this.fieldsInit = this.initialisers(initial, 'fields');
    if (fixed.length > 0) this.staticInit = this.initialisers(fixed, 'static');
  }

  /** The name of a member; a computed one is evaluated, and named after its text. */
  private memberName(member: Node): string {
    const known = keyName(member.key, member.computed);
    if (known != null) return known;
    expression(this.x, member.key, 'argument');
    return `[${this.x.text.slice(startOf(member.key), endOf(member.key)).slice(0, 60)}]`;
  }

  private method(member: Node): void {
    const { x } = this;
    const fn: Node = member.value;
    if (fn.body == null) return; // an overload
    const name = this.memberName(member);
    const id = x.reserveFunction();
    const isCtor = member.kind === 'constructor';
    const kind = isCtor ? 'constructor' : member.kind === 'get' ? 'getter' : member.kind === 'set' ? 'setter' : 'method';
    x.expectFunction(member.key);
    readFunction(x, fn, id, {
      kind,
      name: `${this.name}.${name}`,
      nameSpan: member.key.type === 'Identifier' && !member.computed ? nameSpan(member.key, x.text) : spanOf(member.key),
      span: [startOf(member), endOf(member)],
      class: this.id,
      decorators: decorators(x, member.decorators),
      paramDecorators: (fn.params as readonly Node[]).map((param) => decorators(x, decoratorsOf(param))),
      tags: x.takeTags(member),
    });
    if (isCtor) this.ctor = id;
    else this.methods.push({ name, static: member.static === true, kind: kind as 'method' | 'getter' | 'setter', fn: id });
  }

  private field(member: Node, initialised: Node[]): void {
    const { x } = this;
    const name = this.memberName(member);
    const type = annotation(x, member.typeAnnotation);
    const own = decorators(x, member.decorators);
    this.fields.push({
      name,
      static: member.static === true,
      ...((member.optional === true || mayBeNothing(member.typeAnnotation)) && { optional: true as const }),
      ...(type != null && { type }),
      ...(own.length > 0 && { decorators: own }),
      span: spanOf(member.key),
    });
    if (member.value != null) initialised.push(member);
  }

  /** Field initialisers (and static blocks) as a function of their own. */
  private initialisers(members: readonly Node[], kind: 'fields' | 'static'): FunctionId {
    const { x } = this;
    const id = x.reserveFunction();
    const span: Span = [startOf(members[0]!), endOf(members[members.length - 1]!)];
    const head = { name: x.fullName(`${this.name}.<${kind}>`), kind, async: false, generator: false, span, nameSpan: span, class: this.id };
    x.within(head, x.fullName(this.name), id, (fn) => {
      for (const member of members) {
        if (member.type === 'StaticBlock') {
          staticBlock(x, member.body);
          continue;
        }
        const name = keyName(member.key, member.computed);
        x.expectFunction(member);
        x.expectFunction(member.key);
        const value = expression(x, member.value, 'assigned', name == null ? null : { name, span: spanOf(member.key) });
        x.expectNone();
        fn.set(fn.simple('this'), name ?? fn.unknown(), value, spanOf(member));
      }
    });
    return id;
  }
}

function staticBlock(x: Extraction, body: readonly Node[]): void {
  x.scoped(() => {
    varNames(body, (name) => x.scope.declare(name));
    enterBlock(x, body);
    statements(x, body);
  });
}
