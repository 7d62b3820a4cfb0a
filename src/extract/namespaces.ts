import type { Prop, TypeDecl, TypeRef, V } from '../vocabulary/ir.ts';
import { expression } from './expressions.ts';
import type { Extraction } from './extraction.ts';
import { keyName, type Node, put, record, spanOf } from './node.ts';
import { boundNames, varNames } from './scope.ts';
import { enterBlock, statement } from './statements.ts';
import { readTypeDeclaration } from './type-declarations.ts';

/** An enum is an object of its members, and a type of literals. */
export function enumDeclaration(x: Extraction, node: Node): void {
  const { fn } = x;
  const props: Prop[] = [];
  const members = record<TypeRef>();
  let next: number | null = 0;
  for (const member of (node.body?.members ?? node.members) as readonly Node[]) {
    const name = keyName(member.id, false) ?? '';
    let value: V;
    if (member.initializer != null) value = expression(x, member.initializer, 'element');
    else value = next == null ? fn.unknown() : fn.lit(next);
    const term = fn.values[value]!;
    const known = term[0] === 'lit' ? term[1] : null;
    next = typeof known === 'number' ? known + 1 : null;
    props.push([name, value]);
    put<TypeRef>(members, name, known == null ? { name: 'unknown' } : { name: 'literal', key: String(known) });
  }
  put<TypeDecl>(x.types, x.typePrefix + node.id.name, { kind: 'enum', params: [], members });
  x.assign(node.id.name, fn.obj(props), spanOf(node));
}

/** A namespace is run in place: an object of what it exports. */
export function namespaceDeclaration(x: Extraction, node: Node): void {
  if (node.body == null) return;
  // `declare module 'fastify' { … }`, `declare global { … }`: members that it adds to types of others.
  const added = node.id.type === 'Literal' ? JSON.stringify(node.id.value) : node.kind === 'global' || node.global === true ? 'global' : null;
  if (added !== null && x.typePrefix !== '') return;
  const names = added === null ? qualified(node.id) : [added];
  const body: readonly Node[] = node.body.type === 'TSModuleBlock' ? node.body.body : [node.body];
  const prefix = x.typePrefix;
  x.typePrefix = `${prefix}${names.join('.')}.`;
  if (prefix === '' && added === null) x.namespaces.add(names[0]!);
  if (node.declare || added !== null || names.length > 1) typesOnly(x, body);
  else run(x, node, body);
  x.typePrefix = prefix;
}

function qualified(id: Node): string[] {
  return id.type === 'TSQualifiedName' ? [...qualified(id.left), id.right.name] : [id.name];
}

function typesOnly(x: Extraction, body: readonly Node[]): void {
  for (const member of body) {
    const node: Node = member.type === 'ExportNamedDeclaration' && member.declaration != null ? member.declaration : member;
    if (node.type === 'TSInterfaceDeclaration' || node.type === 'TSTypeAliasDeclaration') readTypeDeclaration(x, node);
    else if (node.type === 'TSModuleDeclaration') namespaceDeclaration(x, { ...node, declare: true });
  }
}

function run(x: Extraction, node: Node, body: readonly Node[]): void {
  const { fn } = x;
  const props: [string, V][] = [];
  x.scoped(() => {
    varNames(body, (name) => x.scope.declare(name));
    enterBlock(x, body);
    const exported: string[] = [];
    for (const member of body) {
      const declaration: Node | null = member.type === 'ExportNamedDeclaration' ? member.declaration : null;
      statement(x, declaration ?? member);
      if (declaration == null) continue;
      if (declaration.type === 'VariableDeclaration') for (const { id } of declaration.declarations) boundNames(id, (name) => exported.push(name));
      else if (declaration.id?.type === 'Identifier') exported.push(declaration.id.name);
    }
    for (const name of new Set(exported)) {
      const binding = x.scope.names.get(name);
      if (binding != null && binding.owner === fn && binding.imported == null) props.push([name, fn.everything(binding)]);
    }
  });
  if (props.length === 0) return;
  const binding = x.scope.find(node.id.name);
  const before = binding == null || binding.now < 0 ? null : binding.now;
  if (before == null) x.assign(node.id.name, fn.obj(props), spanOf(node)); // else it adds to a function, class or namespace of that name
  else for (const [name, value] of props) fn.set(before, name, value, spanOf(node));
}
