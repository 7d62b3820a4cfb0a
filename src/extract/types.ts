import type { TypeRef } from '../vocabulary/ir.ts';
import type { Extraction } from './extraction.ts';
import { keyName, type Mutable, type Node, put, record } from './node.ts';

/** Deeper types are cut: nothing is asked of them. */
const DEEPEST = 12;

const UNKNOWN: TypeRef = { name: 'unknown' };

/** The type in an annotation (`: T`), when there is one. */
export function annotation(x: Extraction, node: Node | null | undefined): TypeRef | undefined {
  return node == null ? undefined : typeRef(x, node.typeAnnotation, 0);
}

/** `: Transaction | null` */
export const mayBeNothing = (node: Node | null | undefined): boolean => node?.typeAnnotation.type === 'TSUnionType' && node.typeAnnotation.types.some(isNothing);

const isNothing = ({ type }: Node): boolean => type === 'TSNullKeyword' || type === 'TSUndefinedKeyword';

export function typeRef(x: Extraction, node: Node, depth = 0): TypeRef {
  if (depth > DEEPEST) return UNKNOWN;
  switch (node.type) {
    case 'TSTypeReference':
      return named(x, node.typeName, node.typeArguments, depth);
    case 'TSInterfaceHeritage':
    case 'TSClassImplements':
      return named(x, node.expression, node.typeArguments, depth);
    case 'TSArrayType':
      return { name: 'Array', args: [typeRef(x, node.elementType, depth + 1)] };
    case 'TSUnionType':
      return union(x, node.types, depth);
    case 'TSIntersectionType':
      return { name: '&', args: typeRefs(x, node.types, depth) };
    case 'TSTypeOperator':
      if (node.operator === 'keyof') return { name: 'keyof', args: [typeRef(x, node.typeAnnotation, depth + 1)] };
      return typeRef(x, node.typeAnnotation, depth); // readonly, unique
    case 'TSParenthesizedType':
    case 'TSOptionalType':
    case 'TSRestType':
    case 'TSTypeAnnotation':
      return typeRef(x, node.typeAnnotation, depth);
    case 'TSNamedTupleMember':
      return typeRef(x, node.elementType, depth);
    case 'TSTupleType':
      return { name: '[]', args: typeRefs(x, node.elementTypes, depth) };
    case 'TSTypeLiteral':
      return { name: '{}', members: members(x, node.members, depth + 1) };
    case 'TSFunctionType':
      return callable(x, node, '=>', depth);
    case 'TSConstructorType':
      return callable(x, node, 'new', depth);
    case 'TSIndexedAccessType':
      return { name: 'T[K]', args: [typeRef(x, node.objectType, depth + 1)], ...indexKey(node.indexType) };
    case 'TSLiteralType':
      return literal(node.literal);
    case 'TSTemplateLiteralType':
      return { name: 'string' };
    case 'TSTypeQuery':
      return typeQuery(x, node);
    case 'TSImportType':
      return importType(x, node, depth);
    case 'TSTypePredicate':
      return { name: node.asserts ? 'void' : 'boolean' };
    case 'TSThisType':
      return { name: 'this' };
    case 'TSMappedType':
    case 'TSConditionalType':
    case 'TSInferType':
      return UNKNOWN;
    default:
      return node.type.endsWith('Keyword') ? { name: node.type.slice('TS'.length, -'Keyword'.length).toLowerCase() } : UNKNOWN;
  }
}

function typeRefs(x: Extraction, nodes: readonly Node[], depth: number): TypeRef[] {
  return nodes.map((node) => typeRef(x, node, depth + 1));
}

export function typeArguments(x: Extraction, node: Node | null | undefined, depth = 0): TypeRef[] {
  return node == null ? [] : typeRefs(x, node.params, depth);
}

export function typeParameters(node: Node | null | undefined): string[] {
  return node == null ? [] : node.params.map((param: Node) => (typeof param.name === 'string' ? param.name : param.name.name));
}

function union(x: Extraction, types: readonly Node[], depth: number): TypeRef {
  const some = types.filter((type) => !isNothing(type));
  if (some.length === 1) return typeRef(x, some[0]!, depth);
  return some.length === 0 ? { name: 'undefined' } : { name: '|', args: typeRefs(x, some, depth) };
}

/** A dotted name: `A.B.c`, root first; null for anything else. */
function dotted(node: Node): string[] | null {
  const names: string[] = [];
  for (;;) {
    switch (node.type) {
      case 'Identifier':
        names.push(node.name);
        return names.reverse();
      case 'ThisExpression':
        names.push('this');
        return names.reverse();
      case 'TSQualifiedName':
        names.push(node.right.name);
        node = node.left;
        break;
      case 'MemberExpression': {
        const key = keyName(node.property, node.computed);
        if (key == null) return null;
        names.push(key);
        node = node.object;
        break;
      }
      default:
        return null;
    }
  }
}

/** The identity of a dotted name, through the import binding of its root. */
function identity(x: Extraction, names: readonly string[]): { spec?: string; path: string } {
  const imported = x.scope.find(names[0]!)?.imported;
  if (imported == null) return { path: names.length === 1 ? names[0]! : names.join('.') };
  const inside = names.slice(1);
  return { spec: imported.spec, path: (imported.name === '*' && inside.length > 0 ? inside : [imported.name, ...inside]).join('.') };
}

export function named(x: Extraction, name: Node, args: Node | null | undefined, depth = 0): TypeRef {
  const names = name.type === 'Identifier' ? [name.name] : dotted(name);
  if (names == null) return UNKNOWN;
  const { spec, path } = identity(x, names);
  const ref: Mutable<TypeRef> = { name: path };
  if (spec != null) ref.spec = spec;
  if (args != null) ref.args = typeArguments(x, args, depth);
  return ref;
}

function typeQuery(x: Extraction, node: Node): TypeRef {
  if (node.exprName.type === 'TSImportType') {
    const { spec, name } = importType(x, node.exprName, 0);
    return { ...(spec != null && { spec }), name: 'typeof', value: name };
  }
  const names = dotted(node.exprName);
  if (names == null) return UNKNOWN;
  const { spec, path } = identity(x, names);
  return { ...(spec != null && { spec }), name: 'typeof', value: path };
}

function importType(x: Extraction, node: Node, depth: number): TypeRef {
  const spec = (node.source ?? node.argument?.literal)?.value;
  if (typeof spec !== 'string') return UNKNOWN;
  x.specs.add(spec);
  const names = node.qualifier == null ? null : dotted(node.qualifier);
  const args = typeArguments(x, node.typeArguments, depth);
  return { spec, name: names == null ? '*' : names.join('.'), ...(args.length > 0 && { args }) };
}

function literal(node: Node): TypeRef {
  if (node.type === 'TemplateLiteral') return { name: 'string' };
  if (node.type === 'UnaryExpression') return { name: 'literal', key: `${node.operator}${literal(node.argument).key}` };
  if (node.value === null && node.bigint == null) return { name: 'null' };
  return { name: 'literal', key: node.bigint != null ? String(node.bigint) : String(node.value) };
}

function indexKey(index: Node): { key?: string } {
  return index.type === 'TSLiteralType' && index.literal.type === 'Literal' ? { key: String(index.literal.value) } : {};
}

function callable(x: Extraction, node: Node, name: string, depth: number): TypeRef {
  const params = node.params.map((param: Node) => {
    const pattern: Node = param.type === 'RestElement' && param.typeAnnotation == null ? param.argument : param;
    return pattern.typeAnnotation == null ? UNKNOWN : typeRef(x, pattern.typeAnnotation, depth + 1);
  });
  return { name, ...(params.length > 0 && { params }), return: node.returnType == null ? UNKNOWN : typeRef(x, node.returnType, depth + 1) };
}

/** Members of an interface or object type by name; methods as function types. */
export function members(x: Extraction, nodes: readonly Node[], depth = 0): Record<string, TypeRef> {
  const found = record<TypeRef>();
  for (const node of nodes) {
    if (node.type !== 'TSPropertySignature' && node.type !== 'TSMethodSignature') continue;
    const name = keyName(node.key, node.computed);
    if (name == null || Object.hasOwn(found, name)) continue;
    if (node.type === 'TSPropertySignature') put(found, name, node.typeAnnotation == null ? UNKNOWN : typeRef(x, node.typeAnnotation, depth));
    else if (node.kind === 'get') put(found, name, node.returnType == null ? UNKNOWN : typeRef(x, node.returnType, depth));
    else if (node.kind !== 'set') put(found, name, callable(x, node, '=>', depth));
  }
  return found;
}
