import type { Catalog, TypeEntry } from '../catalog/catalog.ts';
import { MARKER } from '../catalog/stubs.ts';
import type { Span, TypeRef } from '../vocabulary/ir.ts';

/**
 * What is asked of a type checker, whichever TypeScript it is of: only what all have in common. Kinds and flags are numbers that
 * differ between versions, so nodes are told apart by the properties they have, and types by their methods.
 */
export interface TsNode {
  readonly pos: number;
  readonly end: number;
  readonly parent?: TsNode;
  getStart(file?: TsFile): number;
  forEachChild<T>(visit: (node: TsNode) => T | undefined): T | undefined;
  readonly expression?: TsNode;
  readonly name?: TsNode & { readonly text?: string };
  readonly argumentExpression?: TsNode & { readonly text?: string };
  readonly arguments?: readonly TsNode[];
  readonly tag?: TsNode;
  readonly type?: TsNode;
  readonly typeName?: TsNode & { readonly text?: string };
  readonly typeArguments?: readonly TsNode[];
  readonly members?: readonly TsNode[];
  readonly text?: string;
}
export interface TsFile extends TsNode { readonly fileName: string; readonly text: string }
export interface TsSymbol {
  readonly name: string;
  readonly declarations?: readonly TsNode[] | undefined;
  readonly parent?: TsSymbol;
}
export interface TsType {
  readonly symbol?: TsSymbol | undefined;
  readonly aliasSymbol?: TsSymbol | undefined;
  readonly aliasTypeArguments?: readonly TsType[] | undefined;
  readonly intrinsicName?: string;
  readonly value?: unknown;
  readonly types?: readonly TsType[];
  readonly target?: TsType & { readonly typeParameters?: readonly TsType[] };
  isUnion(): boolean;
  isIntersection(): boolean;
  isTypeParameter(): boolean;
  isClassOrInterface(): boolean;
  getConstructSignatures(): readonly { getReturnType(): TsType }[];
}
export interface TsChecker {
  getTypeAtLocation(node: TsNode): TsType;
  getTypeFromTypeNode(node: TsNode): TsType;
  getTypeOfSymbol?(symbol: TsSymbol): TsType;
  getTypeOfSymbolAtLocation(symbol: TsSymbol, node: TsNode): TsType;
  getPropertyOfType(type: TsType, name: string): TsSymbol | undefined;
  getNonNullableType(type: TsType): TsType;
  getBaseConstraintOfType(type: TsType): TsType | undefined;
  getTypeArguments(type: TsType): readonly TsType[];
  getBaseTypes(type: TsType): readonly TsType[];
  getAwaitedType?(type: TsType): TsType | undefined;
}

/** The type of a receiver, as an identity that a model or the project's own code has. */
export interface TypeIdentity {
  /** `library#Type` of a modelled type. */
  readonly model?: string;
  /** Or where in the project the class or interface of this name stands. */
  readonly file?: string;
  readonly name: string;
  /** The class itself, not an instance. */
  readonly isStatic?: true;
  /** Type arguments, resolvable in the file that asked. */
  readonly args?: readonly TypeRef[];
  /** Members between the value of this type and the receiver: `['user']` of `ctx.prisma.user.create()` when `ctx.prisma` is the client. */
  readonly path?: readonly string[];
}

export interface Surroundings {
  readonly catalog: Catalog;
  /** Path of a file of the program relative to its root; undefined for anything else. */
  projectFile(fileName: string): string | undefined;
  /** Specifier of the package that a file belongs to. */
  packageOf(fileName: string): string | undefined;
}

/** Types that pass on the members of their first argument. */
const TRANSPARENT = new Set(['Omit', 'Pick', 'Partial', 'Required', 'Readonly', 'NonNullable', 'Promise', 'PromiseLike', 'Awaited']);
const MAX_PARTS = 12;
/** Where tools put clients. */
const GENERATED = /(?:^|[\\/])(?:generated|prisma)[\\/]|\.d\.ts$/;

/** What stands before the called member at a call, `new` or tagged template of this span; the callee itself when nothing does. */
export function identifyReceiver(checker: TsChecker, file: TsFile, span: Span, around: Surroundings): TypeIdentity | undefined {
  const call = callAt(file, span);
  const callee = call === undefined ? undefined : bare(call.tag ?? call.expression);
  if (callee === undefined) return undefined;
  const receiver = objectOf(callee);
  if (receiver === undefined) return new Identifier(checker, around, file).ofNode(callee, undefined);
  // From the first value in the chain that is a library's, members lead on: `ctx.prisma` and `user` tell more than the type of `ctx.prisma.user`.
  const chain: { readonly node: TsNode; readonly path: readonly string[] }[] = [];
  let node: TsNode | undefined = receiver;
  let path: readonly string[] = [];
  while (node !== undefined && chain.length < 8) {
    chain.push({ node, path });
    const key = keyOf(node);
    const object: TsNode | undefined = objectOf(node);
    if (key === undefined || object === undefined) break;
    node = bare(object);
    path = [key, ...path];
  }
  const identifier = new Identifier(checker, around, file);
  const own = identifier.ofNode(receiver, keyOf(callee));
  if (own?.file !== undefined && !GENERATED.test(own.file)) return own;
  let best: TypeIdentity | undefined = own;
  for (const link of chain.slice(1)) {
    const identity = identifier.ofNode(link.node, link.path[0]);
    if (identity?.model !== undefined) best = { ...identity, path: link.path };
    else if (best?.model !== undefined) break;
  }
  return best;
}

function callAt(file: TsFile, [start, end]: Span): TsNode | undefined {
  let at: TsNode = file;
  for (let depth = 0; depth < 2_000; depth += 1) {
    if (at !== file && at.end === end && at.getStart(file) === start && (at.tag !== undefined || (at.expression !== undefined && at.arguments !== undefined))) return at;
    const inner = at.forEachChild((child) => (child.pos <= start && child.end >= end ? child : undefined));
    if (inner === undefined) return undefined;
    at = inner;
  }
  return undefined;
}

/** Without parentheses, `!`, `as` and `satisfies`. */
function bare(node: TsNode | undefined): TsNode | undefined {
  let at = node;
  while (at?.expression !== undefined && at.name === undefined && at.argumentExpression === undefined && at.arguments === undefined && at.tag === undefined && at.type === undefined && !isAwait(at)) at = at.expression;
  return at;
}

/** `await x` is wider than its operand by a word, parentheses and `!` by a sign. */
const isAwait = (node: TsNode): boolean => node.expression !== undefined && node.expression.pos - node.getStart() > 1;

const objectOf = (node: TsNode): TsNode | undefined => (node.expression !== undefined && node.arguments === undefined && (node.name !== undefined || node.argumentExpression !== undefined) ? bare(node.expression) : undefined);
const keyOf = (node: TsNode): string | undefined => (objectOf(node) === undefined ? undefined : (node.name?.text ?? node.argumentExpression?.text));

class Identifier {
  constructor(private readonly checker: TsChecker, private readonly around: Surroundings, private readonly asking: TsFile) {}

  ofNode(node: TsNode, key: string | undefined): TypeIdentity | undefined {
    const identity = this.of(this.checker.getTypeAtLocation(node), key, 6);
    // A cast to something unknown changes no value.
    return identity === undefined && node.type !== undefined && node.arguments === undefined && node.expression !== undefined ? this.ofNode(bare(node.expression)!, key) : identity;
  }

  private of(given: TsType, key: string | undefined, depth: number): TypeIdentity | undefined {
    if (depth === 0 || this.isUnknown(given)) return undefined;
    const type = this.checker.getNonNullableType(given);
    if (this.isUnknown(type)) return undefined;
    const modelled = this.marked(type) ?? this.installed(type);
    if (modelled !== undefined) return modelled;
    if (type.isUnion() || type.isIntersection()) return this.ofParts(type, key, depth);
    if (type.isTypeParameter()) {
      const constraint = this.checker.getBaseConstraintOfType(type);
      return constraint === undefined || constraint === type ? undefined : this.of(constraint, key, depth - 1);
    }
    return this.passedOn(type, key, depth) ?? this.project(type) ?? this.declaring(type, key);
  }

  /** Of a union, the parts that are known must agree on the library; a client stands for what may also be a transaction. */
  private ofParts(type: TsType, key: string | undefined, depth: number): TypeIdentity | undefined {
    const parts = (type.types ?? []).slice(0, MAX_PARTS);
    const having = key === undefined || type.isUnion() ? [] : parts.filter((part) => this.checker.getPropertyOfType(part, key) !== undefined);
    const found = (having.length > 0 ? having : parts).map((part) => this.of(part, key, depth - 1)).filter((part) => part !== undefined);
    if (found.length <= 1) return found[0] ?? this.declaring(type, key);
    if (type.isIntersection()) return found.find((part) => part.model !== undefined) ?? found[0];
    const libraries = new Set(found.map((part) => part.model?.split('#')[0] ?? `${part.file}#${part.name}`));
    if (libraries.size > 1) return undefined;
    const role = (part: TypeIdentity): string | undefined => { const entry = part.model === undefined ? undefined : this.around.catalog.type(part.model); return entry && this.around.catalog.trait(entry, 'role'); };
    return found.find((part) => role(part) === 'client') ?? [...found].sort((a, b) => (a.name < b.name ? -1 : 1))[0];
  }

  private isUnknown(type: TsType): boolean {
    return type.intrinsicName !== undefined;
  }

  /** The identity that a stub's type carries. */
  private marked(type: TsType): TypeIdentity | undefined {
    if (type.isUnion()) return undefined;
    const symbol = this.checker.getPropertyOfType(type, MARKER);
    if (symbol === undefined) return undefined;
    // A class of the project that extends a library's has the marker too, and more to tell.
    const project = this.project(type);
    if (project !== undefined) return project;
    const declared = symbol.declarations?.[0]?.type;
    const marker = declared === undefined ? undefined : this.checker.getTypeFromTypeNode(declared).value;
    return typeof marker === 'string' ? this.model(marker, type) : undefined;
  }

  /** A type of an installed package that a model describes: by its own name, its alias, or a base type. */
  private installed(type: TsType, depth = 4): TypeIdentity | undefined {
    for (const symbol of [type.aliasSymbol, type.symbol]) {
      const entry = symbol === undefined ? undefined : this.annotated(symbol);
      if (entry !== undefined) return this.model(entry.id, type);
    }
    if (depth === 0 || !type.isClassOrInterface() || this.project(type) !== undefined) return undefined;
    for (const base of this.checker.getBaseTypes(type)) {
      const found = this.installed(base, depth - 1);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  private annotated(symbol: TsSymbol): TypeEntry | undefined {
    const fileName = fileOf(symbol);
    if (fileName === undefined) return undefined;
    const spec = this.around.packageOf(fileName);
    const names = symbol.parent === undefined || /["/]/.test(symbol.parent.name) ? [symbol.name] : [`${symbol.parent.name}.${symbol.name}`, symbol.name];
    for (const name of names) {
      const entry = spec === undefined ? (this.around.projectFile(fileName) === undefined ? undefined : this.generatedType(fileName, name)) : this.around.catalog.annotated(spec, name);
      if (entry !== undefined) return entry;
    }
    return undefined;
  }

  /** A client that a tool generated into the project. */
  private generatedType(fileName: string, name: string): TypeEntry | undefined {
    return GENERATED.test(fileName) ? this.around.catalog.generatedType(name) : undefined;
  }

  /** Where the member is declared, when the type itself has no name of use: intersections, mapped types, subclasses. */
  private declaring(type: TsType, key: string | undefined): TypeIdentity | undefined {
    const member = key === undefined ? undefined : this.checker.getPropertyOfType(type, key);
    const entry = member?.parent === undefined ? undefined : this.annotated(member.parent);
    return entry === undefined ? undefined : this.model(entry.id, type);
  }

  /** `type Tx = Omit<PrismaClient, …>`: the members are those of the argument. */
  private passedOn(type: TsType, key: string | undefined, depth: number): TypeIdentity | undefined {
    if (type.aliasSymbol === undefined) {
      const promised = type.symbol !== undefined && TRANSPARENT.has(type.symbol.name) ? this.checker.getTypeArguments(type)[0] : undefined;
      return promised === undefined ? undefined : this.of(promised, key, depth - 1);
    }
    if (TRANSPARENT.has(type.aliasSymbol.name)) return type.aliasTypeArguments?.[0] === undefined ? undefined : this.of(type.aliasTypeArguments[0], key, depth - 1);
    const written = type.aliasSymbol.declarations?.[0]?.type;
    const argument = written?.typeName?.text !== undefined && TRANSPARENT.has(written.typeName.text) ? written.typeArguments?.[0] : undefined;
    return argument === undefined ? undefined : this.of(this.checker.getTypeFromTypeNode(argument), key, depth - 1);
  }

  /** A class or interface of the project. */
  private project(type: TsType): TypeIdentity | undefined {
    const { symbol } = type;
    const fileName = symbol === undefined ? undefined : fileOf(symbol);
    const file = fileName === undefined ? undefined : this.around.projectFile(fileName);
    if (symbol === undefined || file === undefined || !/^[A-Za-z_$][\w$]*$/.test(symbol.name) || symbol.name.startsWith('__')) return undefined;
    if (type.isClassOrInterface() || type.target?.isClassOrInterface() === true) return { file, name: symbol.name, ...this.args(type) };
    return type.getConstructSignatures().length > 0 && symbol.declarations?.some((node) => node.members !== undefined) === true ? { file, name: symbol.name, isStatic: true } : undefined;
  }

  private model(id: string, type: TsType): TypeIdentity {
    return { model: id, name: id.slice(id.indexOf('#') + 1), ...this.args(type) };
  }

  private args(type: TsType): { readonly args?: readonly TypeRef[] } {
    const given = type.aliasTypeArguments ?? (type.target === undefined ? [] : this.checker.getTypeArguments(type).slice(0, type.target.typeParameters?.length ?? 0));
    const args = given.slice(0, 3).map((arg) => this.written(arg));
    while (args.length > 0 && args.at(-1) === undefined) args.pop();
    return args.length === 0 ? {} : { args: args.map((arg) => arg ?? { name: 'any' }) };
  }

  /** A type argument as the asking file could have written it. */
  private written(type: TsType): TypeRef | undefined {
    const symbol = type.aliasSymbol ?? type.symbol;
    const fileName = symbol === undefined ? undefined : fileOf(symbol);
    if (symbol === undefined || fileName === undefined || symbol.name.startsWith('__') || !/^[\w$]+$/.test(symbol.name)) return undefined;
    if (fileName === this.asking.fileName) return { name: symbol.name };
    if (this.around.projectFile(fileName) !== undefined) return { spec: relativeSpec(this.asking.fileName, fileName), name: symbol.name };
    const spec = this.around.packageOf(fileName);
    return spec === undefined ? undefined : { spec, name: symbol.name };
  }
}

function fileOf(symbol: TsSymbol): string | undefined {
  let node: TsNode | undefined = symbol.declarations?.[0];
  while (node?.parent !== undefined) node = node.parent;
  return (node as TsFile | undefined)?.fileName;
}

export function relativeSpec(from: string, to: string): string {
  const [here, there] = [from.split('/').slice(0, -1), to.split('/')];
  let same = 0;
  while (same < here.length && same < there.length - 1 && here[same] === there[same]) same += 1;
  return `${here.length === same ? './' : '../'.repeat(here.length - same)}${there.slice(same).join('/')}`;
}
