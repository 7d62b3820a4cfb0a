import type { TypeDecl, TypeRef } from '../vocabulary/ir.ts';
import type { Extraction } from './extraction.ts';
import { type Node, put } from './node.ts';
import { members, typeParameters, typeRef } from './types.ts';

/** Interfaces and aliases of the file; interfaces of one name are one. */
export function readTypeDeclaration(x: Extraction, node: Node): void {
  const name = x.typePrefix + node.id.name;
  const params = typeParameters(node.typeParameters);
  if (node.type === 'TSTypeAliasDeclaration') return put<TypeDecl>(x.types, name, { kind: 'alias', params, alias: typeRef(x, node.typeAnnotation) });
  const known = Object.hasOwn(x.types, name) ? x.types[name] : undefined;
  const bases: TypeRef[] = [...(known?.extends ?? []), ...((node.extends ?? []) as readonly Node[]).map((base) => typeRef(x, base))];
  put<TypeDecl>(x.types, name, {
    kind: 'interface',
    params,
    ...(bases.length > 0 && { extends: bases }),
    members: { ...known?.members, ...members(x, node.body.body) },
  });
}
