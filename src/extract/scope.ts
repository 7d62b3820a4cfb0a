import type { TypeRef, V } from '../vocabulary/ir.ts';
import type { FunctionBuilder } from './function-builder.ts';
import type { Node } from './node.ts';

/** A declared name. */
export class Binding {
  /** What it holds at this point of its owner; -1 before anything is assigned. */
  now: V = -1;
  /** Every value it is ever given, in terms of its owner. */
  readonly all: V[] = [];
  /** What inner functions assign to it; -1 when they do not. */
  inner: V = -1;
  /** Index in the owner's slots, once an inner function uses it. */
  slot = -1;
  type: TypeRef | null = null;
  /** Frame of the owner's flow in which it came to be, and in which its value was last saved. */
  readonly born: number;
  stamp: number;
  private seen: Set<V> | null = null;

  constructor(
    readonly owner: FunctionBuilder,
    /** An import: the same value in every function. */
    readonly imported: { readonly spec: string; readonly name: string } | null,
  ) {
    this.born = this.stamp = owner.mark;
  }

  /** Adds to all its values; false when it had this one. */
  add(value: V): boolean {
    const { all } = this;
    if (all.length < 8) {
      if (all.includes(value)) return false;
    } else {
      this.seen ??= new Set(all);
      if (this.seen.has(value)) return false;
      this.seen.add(value);
    }
    all.push(value);
    return true;
  }
}

export class Scope {
  readonly names = new Map<string, Binding>();

  constructor(
    readonly up: Scope | null,
    readonly fn: FunctionBuilder,
  ) {}

  find(name: string): Binding | null {
    for (let scope: Scope | null = this; scope != null; scope = scope.up) {
      const binding = scope.names.get(name);
      if (binding != null) return binding;
    }
    return null;
  }

  /** Declares a name; a second declaration (`var`, overloads, merged namespaces) is the same variable. */
  declare(name: string, imported: Binding['imported'] = null): Binding {
    const known = this.names.get(name);
    if (known != null) return known;
    const binding = new Binding(this.fn, imported);
    this.names.set(name, binding);
    return binding;
  }
}

/** The names that a pattern binds. */
export function boundNames(pattern: Node | null | undefined, found: (name: string) => void): void {
  if (pattern == null) return;
  switch (pattern.type) {
    case 'Identifier':
      found(pattern.name);
      break;
    case 'ObjectPattern':
      for (const property of pattern.properties) boundNames(property.type === 'RestElement' ? property.argument : property.value, found);
      break;
    case 'ArrayPattern':
      for (const element of pattern.elements) boundNames(element, found);
      break;
    case 'AssignmentPattern':
      boundNames(pattern.left, found);
      break;
    case 'RestElement':
      boundNames(pattern.argument, found);
      break;
    case 'TSParameterProperty':
      boundNames(pattern.parameter, found);
      break;
    case 'TSAsExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
    case 'TSSatisfiesExpression':
      boundNames(pattern.expression, found);
      break;
  }
}

/** The `var` names of a function body, wherever they stand among its statements. */
export function varNames(statements: readonly Node[], found: (name: string) => void): void {
  for (const statement of statements) varsOf(statement, found);
}

function varsOf(statement: Node | null | undefined, found: (name: string) => void): void {
  while (statement != null) {
    switch (statement.type) {
      case 'VariableDeclaration':
        if (statement.kind === 'var') for (const { id } of statement.declarations) boundNames(id, found);
        return;
      case 'IfStatement':
        varsOf(statement.consequent, found);
        statement = statement.alternate; // a long `else if` chain needs no stack
        break;
      case 'BlockStatement':
        return varNames(statement.body, found);
      case 'ForStatement':
        varsOf(statement.init, found);
        statement = statement.body;
        break;
      case 'ForInStatement':
      case 'ForOfStatement':
        varsOf(statement.left, found);
        statement = statement.body;
        break;
      case 'WhileStatement':
      case 'DoWhileStatement':
      case 'LabeledStatement':
      case 'WithStatement':
        statement = statement.body;
        break;
      case 'TryStatement':
        varNames(statement.block.body, found);
        if (statement.handler != null) varNames(statement.handler.body.body, found);
        statement = statement.finalizer;
        break;
      case 'SwitchStatement':
        for (const { consequent } of statement.cases) varNames(consequent, found);
        return;
      case 'ExportNamedDeclaration':
        statement = statement.declaration;
        break;
      default:
        return;
    }
  }
}
