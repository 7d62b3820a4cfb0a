import type { ModuleRecord, V } from '../vocabulary/ir.ts';
import { exportWhole } from './commonjs.ts';
import { classDeclaration } from './classes.ts';
import { expression } from './expressions.ts';
import type { Extraction } from './extraction.ts';
import { moduleName, type Node, put, record, spanOf } from './node.ts';
import { boundNames } from './scope.ts';
import { statement } from './statements.ts';

/** Imports come first, wherever they stand. */
export function readImports(x: Extraction, body: readonly Node[]): void {
  for (const node of body) {
    if (node.type.startsWith('Import') || node.type.startsWith('Export')) x.esm = true;
    if (node.type !== 'ImportDeclaration') continue;
    const spec: string = node.source.value;
    x.specs.add(spec);
    for (const specifier of node.specifiers as readonly Node[]) {
      const name = specifier.type === 'ImportDefaultSpecifier' ? 'default' : specifier.type === 'ImportNamespaceSpecifier' ? '*' : moduleName(specifier.imported);
      addImport(x, spec, name, specifier.local.name, node.importKind === 'type' || specifier.importKind === 'type');
    }
  }
}

function addImport(x: Extraction, spec: string, name: string, local: string, typeOnly: boolean): void {
  x.imports.push({ spec, name, local, typeOnly });
  x.scope.declare(local, { spec, name });
}

/** `import a = require('b')` and `import a = b.c`. */
export function importEquals(x: Extraction, node: Node): void {
  const { moduleReference } = node;
  if (moduleReference.type === 'TSExternalModuleReference') {
    const spec: string = moduleReference.expression.value;
    x.specs.add(spec);
    addImport(x, spec, '*', node.id.name, node.importKind === 'type');
  } else if (node.importKind !== 'type') {
    const binding = x.scope.declare(node.id.name);
    x.assignTo(binding, entity(x, moduleReference), spanOf(node));
  }
}

function entity(x: Extraction, node: Node): V {
  return node.type === 'TSQualifiedName' ? x.fn.get(entity(x, node.left), node.right.name) : node.type === 'Identifier' ? x.read(node.name) : x.fn.unknown();
}

export function exportStatement(x: Extraction, node: Node): void {
  switch (node.type) {
    case 'ExportAllDeclaration': {
      const spec: string = node.source.value;
      x.specs.add(spec);
      if (node.exported == null) x.stars.push(spec);
      else put(x.reexports, moduleName(node.exported), [spec, '*'] as const);
      return;
    }
    case 'ExportDefaultDeclaration':
      return exportDefault(x, node);
    case 'TSExportAssignment':
      return exportWhole(x, expression(x, node.expression, 'assigned', { name: 'default', span: spanOf(node) }));
  }
  if (node.source != null) {
    const spec: string = node.source.value;
    x.specs.add(spec);
    for (const { exported, local } of node.specifiers) put(x.reexports, moduleName(exported), [spec, moduleName(local)] as const);
    return;
  }
  for (const { exported, local, exportKind } of node.specifiers) {
    x.exportedNames.push({ exported: moduleName(exported), local: moduleName(local), typeOnly: exportKind === 'type' || node.exportKind === 'type' });
  }
  if (node.declaration != null) exportDeclaration(x, node, node.declaration);
}

function exportDeclaration(x: Extraction, node: Node, declaration: Node): void {
  x.expectFunction(node);
  statement(x, declaration);
  const found = (name: string): void => void x.exportedNames.push({ exported: name, local: name, typeOnly: false });
  if (declaration.type === 'VariableDeclaration') for (const { id } of declaration.declarations) boundNames(id, found);
  else if (declaration.id?.type === 'Identifier') found(declaration.id.name);
}

function exportDefault(x: Extraction, node: Node): void {
  const { declaration } = node;
  const name: string | undefined = declaration.id?.name;
  switch (declaration.type) {
    case 'FunctionDeclaration':
    case 'TSDeclareFunction':
      if (name != null) x.exportedNames.push({ exported: 'default', local: name, typeOnly: false });
      else if (x.declared.has(declaration)) put(x.exports, 'default', x.declared.get(declaration)!.value);
      return;
    case 'ClassDeclaration': {
      const value = classDeclaration(x, declaration);
      if (name != null) x.exportedNames.push({ exported: 'default', local: name, typeOnly: false });
      else put(x.exports, 'default', value);
      return;
    }
    case 'TSInterfaceDeclaration':
      statement(x, declaration);
      x.exportedNames.push({ exported: 'default', local: name!, typeOnly: true });
      return;
    case 'Identifier':
      x.exportedNames.push({ exported: 'default', local: declaration.name, typeOnly: false });
      return;
    default:
      x.expectFunction(node);
      put(x.exports, 'default', expression(x, declaration, 'assigned', { name: 'default', span: spanOf(declaration) }));
      x.expectNone();
  }
}

/** What the file gives and takes; exported variables by every value they are ever given. */
export function moduleRecord(x: Extraction): ModuleRecord {
  const types = record<string>();
  for (const { exported, local, typeOnly } of x.exportedNames) {
    const binding = x.scope.names.get(local);
    if (binding?.imported != null) {
      put(x.reexports, exported, [binding.imported.spec, binding.imported.name] as const);
      continue;
    }
    if (!typeOnly && binding != null) put(x.exports, exported, x.fn.everything(binding));
    const term = binding == null ? null : x.fn.values[x.fn.everything(binding)];
    if (Object.hasOwn(x.types, local) || term?.[0] === 'class' || x.namespaces.has(local)) put(types, exported, local);
  }
  return {
    imports: x.imports,
    specs: [...x.specs],
    exports: x.exports,
    reexports: x.reexports,
    stars: x.stars,
    types,
    esm: x.esm,
  };
}
