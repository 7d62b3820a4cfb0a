import type { Event, LoopKind, V } from '../vocabulary/ir.ts';
import { classDeclaration, reserveClass } from './classes.ts';
import { definesExport } from './commonjs.ts';
import { expression, hintOf } from './expressions.ts';
import type { Extraction } from './extraction.ts';
import { headSpan, readFunction } from './functions.ts';
import { exportStatement, importEquals } from './modules.ts';
import { enumDeclaration, namespaceDeclaration } from './namespaces.ts';
import { nameSpan, type Node, spanOf } from './node.ts';
import { bind } from './patterns.ts';
import { type Binding, boundNames } from './scope.ts';
import { readTypeDeclaration } from './type-declarations.ts';
import { annotation } from './types.ts';

const NO_LABELS: readonly string[] = [];

/** A statement without the `export` around it. */
function declarationIn(statement: Node): Node {
  return (statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration') && statement.declaration != null ? statement.declaration : statement;
}

function declares(statement: Node): boolean {
  switch (declarationIn(statement).type) {
    case 'VariableDeclaration':
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
    case 'TSEnumDeclaration':
    case 'TSModuleDeclaration':
    case 'TSImportEqualsDeclaration':
    case 'TSDeclareFunction':
      return true;
    default:
      return false;
  }
}

/** Declares what a block declares, and reads its functions, which may be called before they stand. */
export function enterBlock(x: Extraction, body: readonly Node[]): void {
  const { fn, scope } = x;
  const functions: { readonly node: Node; readonly wrapper: Node; readonly id: number }[] = [];
  for (const statement of body) {
    const node = declarationIn(statement);
    switch (node.type) {
      case 'VariableDeclaration':
        if (node.kind !== 'var') for (const { id } of node.declarations) declareVariable(x, id);
        break;
      case 'FunctionDeclaration': {
        const id = x.reserveFunction();
        functions.push({ node, wrapper: statement, id });
        const value = fn.fn(id);
        if (node.id != null) fn.write(scope.declare(node.id.name), value);
        else x.declared.set(node, { id, value });
        break;
      }
      case 'ClassDeclaration': {
        if (node.id == null) break;
        const id = reserveClass(x);
        const value = fn.class(id);
        x.declared.set(node, { id, value });
        fn.write(scope.declare(node.id.name), value);
        break;
      }
      case 'TSEnumDeclaration':
        scope.declare(node.id.name);
        break;
      case 'TSModuleDeclaration':
        if (node.id.type === 'Identifier' && node.kind !== 'global' && !node.declare) scope.declare(node.id.name);
        break;
      case 'TSImportEqualsDeclaration':
        importEquals(x, node);
        break;
      case 'TSDeclareFunction': // an overload, or an ambient function
        if (node.id != null && node.declare) fn.write(scope.declare(node.id.name), fn.global(node.id.name));
        break;
    }
  }
  for (const { node, wrapper, id } of functions) {
    x.expectFunction(wrapper);
    const name = node.id?.name ?? 'default';
    readFunction(x, node, id, {
      kind: 'function',
      name,
      nameSpan: node.id == null ? headSpan(node, x.text) : nameSpan(node.id, x.text),
      span: spanOf(node),
      tags: x.takeTags(node),
    });
  }
}

/** The type is told at once: functions that stand above may assign the variable. */
function declareVariable(x: Extraction, id: Node): void {
  boundNames(id, (name) => {
    const binding = x.scope.declare(name);
    if (id.type === 'Identifier' && id.typeAnnotation != null) binding.type = annotation(x, id.typeAnnotation) ?? null;
  });
}

/** Statements in a scope of their own, when they declare anything. */
export function block(x: Extraction, body: readonly Node[]): void {
  if (!body.some(declares)) return statements(x, body);
  x.scoped(() => {
    enterBlock(x, body);
    statements(x, body);
  });
}

export function statements(x: Extraction, body: readonly Node[]): void {
  for (const node of body) statement(x, node);
}

export function statement(x: Extraction, node: Node, labels: readonly string[] = NO_LABELS): void {
  const { fn } = x;
  switch (node.type) {
    case 'ExpressionStatement':
      if (typeof node.directive === 'string' || definesExport(x, node.expression)) return;
      if (node.expression.type === 'AssignmentExpression') x.expectFunction(node);
      expression(x, node.expression, 'dropped');
      return x.expectNone();
    case 'VariableDeclaration':
      return variables(x, node);
    case 'ReturnStatement': {
      const value = node.argument == null ? -1 : expression(x, node.argument, 'returned');
      fn.emit(['return', value, spanOf(node)]);
      fn.dead = true;
      return;
    }
    case 'IfStatement':
      return ifStatement(x, node);
    case 'BlockStatement':
      return block(x, node.body);
    case 'ForOfStatement':
    case 'ForInStatement':
      return each(x, node, labels);
    case 'ForStatement':
      return forStatement(x, node, labels);
    case 'WhileStatement':
    case 'DoWhileStatement':
      return whileStatement(x, node, labels);
    case 'ThrowStatement':
      fn.emit(['throw', expression(x, node.argument, 'argument'), spanOf(node)]);
      fn.dead = true;
      return;
    case 'TryStatement':
      return tryStatement(x, node);
    case 'SwitchStatement':
      return switchStatement(x, node, labels);
    case 'BreakStatement':
    case 'ContinueStatement': {
      const kind = node.type === 'BreakStatement' ? 'break' : 'continue';
      const label = node.label?.name ?? null;
      fn.emit([kind, label]);
      return fn.jump(kind, label);
    }
    case 'LabeledStatement':
      return labelled(x, node, labels);
    case 'ClassDeclaration':
      classDeclaration(x, node);
      return;
    case 'ExportNamedDeclaration':
    case 'ExportDefaultDeclaration':
    case 'ExportAllDeclaration':
    case 'TSExportAssignment':
      return exportStatement(x, node);
    case 'TSEnumDeclaration':
      return enumDeclaration(x, node);
    case 'TSModuleDeclaration':
      return namespaceDeclaration(x, node);
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
      return readTypeDeclaration(x, node);
    case 'WithStatement':
      expression(x, node.object, 'receiver');
      return statement(x, node.body);
  }
}

/** The one statement of an `if` or loop may be a declaration (sloppy functions); a block makes its own scope. */
function body(x: Extraction, node: Node): void {
  if (node.type === 'FunctionDeclaration') block(x, [node]);
  else statement(x, node);
}

export function variables(x: Extraction, node: Node): void {
  x.expectFunction(node);
  for (const declarator of node.declarations as readonly Node[]) {
    const { id } = declarator;
    if (declarator.init == null) {
      const binding = id.type === 'Identifier' ? x.scope.find(id.name) : null;
      if (node.declare) bind(x, id, x.fn.global(id.name), 'declare');
      else if (binding != null) binding.type ??= annotation(x, id.typeAnnotation) ?? null; // no value yet, but the type of those to come
      continue;
    }
    x.expectFunction(declarator);
    bind(x, id, expression(x, declarator.init, 'assigned', hintOf(x, id)), 'declare');
  }
  x.expectNone();
}

function ifStatement(x: Extraction, node: Node): void {
  const { fn } = x;
  const test = expression(x, node.test, 'tested');
  const then = fn.branch(() => body(x, node.consequent));
  const otherwise = fn.branch(() => {
    if (node.alternate != null) body(x, node.alternate);
  });
  if (then.events.length > 0 || otherwise.events.length > 0) fn.emit(['if', test, then.events, otherwise.events, spanOf(node)]);
  fn.join([then, otherwise]);
}

/** The variables of this function that a loop assigns and that live longer than one round. */
function assignedIn(x: Extraction, loop: Node): Binding[] {
  const bindings: Binding[] = [];
  for (const name of x.assigned.of(loop)) {
    const binding = x.scope.find(name);
    if (binding != null && binding.owner === x.fn && binding.imported == null) bindings.push(binding);
  }
  return bindings;
}

function each(x: Extraction, node: Node, labels: readonly string[]): void {
  const { fn } = x;
  const { left } = node;
  const kind: LoopKind = node.type === 'ForInStatement' ? 'in' : node.await ? 'await-of' : 'of';
  const over = expression(x, node.right, kind === 'await-of' ? 'awaited' : 'receiver');
  const events = fn.loop(assignedIn(x, node), labels, false, false, (round) => {
    x.scoped(() => {
      let value = kind === 'in' ? fn.key(over) : fn.item(over);
      if (kind === 'await-of') {
        fn.emit(['await', value, spanOf(left)]);
        value = fn.await(value);
      }
      if (left.type === 'VariableDeclaration') {
        const { id } = left.declarations[0];
        if (left.kind !== 'var') boundNames(id, (name) => x.scope.declare(name));
        bind(x, id, value, 'declare');
      } else bind(x, left, value, 'assign');
      round(() => body(x, node.body));
    });
  });
  fn.emit(['loop', kind, over, events, spanOf(node)]);
}

function forStatement(x: Extraction, node: Node, labels: readonly string[]): void {
  const { init } = node;
  if (init == null || init.type !== 'VariableDeclaration') {
    if (init != null) expression(x, init, 'dropped');
    return forRounds(x, node, labels);
  }
  x.scoped(() => {
    enterBlock(x, [init]);
    variables(x, init);
    forRounds(x, node, labels);
  });
}

function forRounds(x: Extraction, node: Node, labels: readonly string[]): void {
  const { fn } = x;
  let test: V = -1;
  const events = fn.loop(assignedIn(x, node), labels, false, node.test == null, (round) => {
    if (node.test != null) test = expression(x, node.test, 'tested');
    round(() => body(x, node.body));
    if (node.update != null) expression(x, node.update, 'dropped');
  });
  fn.emit(['loop', 'for', test, events, spanOf(node)]);
}

function whileStatement(x: Extraction, node: Node, labels: readonly string[]): void {
  const { fn } = x;
  const first = node.type === 'DoWhileStatement';
  const endless = node.test.type === 'Literal' && Boolean(node.test.value);
  let test: V = -1;
  const events = fn.loop(assignedIn(x, node), labels, first, endless, (round) => {
    if (!first) test = expression(x, node.test, 'tested');
    round(() => body(x, node.body));
    if (first) test = expression(x, node.test, 'tested');
  });
  fn.emit(['loop', first ? 'do' : 'while', test, events, spanOf(node)]);
}

function tryStatement(x: Extraction, node: Node): void {
  const { fn } = x;
  const index = fn.tries++;
  const { handler, finalizer } = node;
  const parts = fn.try(
    () => block(x, node.block.body),
    handler == null
      ? null
      : () =>
          x.scoped(() => {
            if (handler.param != null) {
              boundNames(handler.param, (name) => x.scope.declare(name));
              bind(x, handler.param, fn.caught(index), 'declare');
            }
            block(x, handler.body.body);
          }),
    finalizer == null ? null : () => block(x, finalizer.body),
  );
  fn.emit(parts.keeps ? ['try', index, parts.body, parts.handler, parts.finalizer, spanOf(node), true] : ['try', index, parts.body, parts.handler, parts.finalizer, spanOf(node)]);
}

function switchStatement(x: Extraction, node: Node, labels: readonly string[]): void {
  const { fn } = x;
  const subject = expression(x, node.discriminant, 'tested');
  const groups: { readonly tests: (Node | null)[]; readonly body: readonly Node[] }[] = [];
  let open: (Node | null)[] = [];
  for (const { test, consequent } of node.cases as readonly Node[]) {
    open.push(test ?? null);
    if (consequent.length === 0) continue;
    groups.push({ tests: open, body: consequent });
    open = [];
  }
  if (open.length > 0) groups.push({ tests: open, body: [] });
  const tests: (V[] | null)[] = groups.map(({ tests: nodes }) => {
    const values = nodes.filter((test) => test != null).map((test) => expression(x, test!, 'tested'));
    return nodes.includes(null) ? null : values;
  });
  x.scoped(() => {
    enterBlock(x, groups.flatMap((group) => group.body));
    const bodies = fn.switch(
      labels,
      groups.map((group) => () => statements(x, group.body)),
      tests.includes(null),
    );
    fn.emit(['switch', subject, bodies.map((events, i): readonly [V[] | null, Event[]] => [tests[i]!, events]), spanOf(node)]);
  });
}

function labelled(x: Extraction, node: Node, labels: readonly string[]): void {
  const { fn } = x;
  const label: string = node.label.name;
  switch (node.body.type) {
    case 'ForStatement':
    case 'ForInStatement':
    case 'ForOfStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'SwitchStatement':
    case 'LabeledStatement': {
      // Nobody writes a thousand labels in front of one statement; each level copies the list.
      if (labels.length >= 1000) throw new RangeError('labels are nested too deeply');
      const outer = fn.events;
      const events: Event[] = (fn.events = []);
      statement(x, node.body, [...labels, label]);
      fn.events = outer;
      fn.emit(['label', label, events]);
      return;
    }
    default:
      fn.emit(['label', label, fn.label([...labels, label], () => body(x, node.body))]);
  }
}
