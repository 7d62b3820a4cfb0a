import { dirname, join } from 'node:path';
import ts from 'typescript';

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023, lib: ['lib.es2023.d.ts', 'lib.esnext.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler,
  strict: true, esModuleInterop: true, skipLibCheck: true, noEmit: true, types: ['node'], experimentalDecorators: true,
};

/** What the packages installed in a folder declare. */
export class Declarations {
  private readonly host = ts.createCompilerHost(options);
  private readonly entry: string;
  private text = '';

  constructor(root: string) {
    this.entry = join(root, 'entry.ts');
    const common = new Map<string, ts.SourceFile | undefined>();
    const { getSourceFile, readFile, fileExists } = this.host;
    this.host.getCurrentDirectory = () => root;
    this.host.fileExists = (file) => file === this.entry || fileExists(file);
    this.host.readFile = (file) => (file === this.entry ? this.text : readFile(file));
    this.host.getSourceFile = (file, ...rest) => {
      if (file === this.entry) return ts.createSourceFile(file, this.text, ts.ScriptTarget.ES2023);
      // Those that nearly every package asks for; all of them together would not fit into memory.
      if (!file.startsWith(dirname(ts.getDefaultLibFilePath(options))) && !file.includes('/@types/node/')) return getSourceFile(file, ...rest);
      if (!common.has(file)) common.set(file, getSourceFile(file, ...rest));
      return common.get(file);
    };
  }

  /** The modules that these specifiers name. */
  read(specifiers: readonly string[], globals: readonly string[] = []): Modules {
    this.text = specifiers.map((specifier, index) => `import d${index}, * as m${index} from '${specifier}';\n`).join('') + globals.map((name) => `${name};\n`).join('');
    const program = ts.createProgram([this.entry], options, this.host);
    const checker = program.getTypeChecker();
    const statements = program.getSourceFile(this.entry)!.statements.filter(ts.isImportDeclaration);
    const expressions = program.getSourceFile(this.entry)!.statements.filter(ts.isExpressionStatement);
    const modules = specifiers.map((specifier, index): Module => {
      const { moduleSpecifier, importClause } = statements[index]!;
      const fallback = checker.getAliasedSymbol(checker.getSymbolAtLocation(importClause!.name!)!);
      return { specifier, symbol: checker.getSymbolAtLocation(moduleSpecifier) ?? null, default: fallback.name === 'unknown' && fallback.declarations === undefined ? null : fallback };
    });
    const known = globals.flatMap((name, index): [string, ts.Symbol][] => {
      const symbol = checker.getSymbolAtLocation(expressions[index]!.expression);
      return symbol === undefined ? [] : [[name, symbol]];
    });
    return new Modules(checker, modules, new Map(known));
  }
}

interface Module {
  readonly specifier: string;
  /** Null for one that has no declarations. */
  readonly symbol: ts.Symbol | null;
  /** What a default import yields: the whole module where it has no default of its own. */
  readonly default: ts.Symbol | null;
}

/** A value that a module exports, and the type of that name. */
export interface Exported {
  readonly value: ts.Type | null;
  readonly type: ts.Type | null;
}

export class Modules {
  private readonly exports: ReadonlyMap<string, ts.Symbol>[];
  private readonly asked = new Map<ts.Symbol, number>();

  /** Specifiers that lead to no declarations. */
  readonly absent: readonly string[];

  constructor(readonly checker: ts.TypeChecker, private readonly modules: readonly Module[], private readonly globals: ReadonlyMap<string, ts.Symbol>) {
    this.absent = modules.filter(({ symbol }) => symbol === null).map(({ specifier }) => specifier);
    this.exports = modules.map((module) => {
      const names = new Map(module.symbol === null ? [] : checker.getExportsOfModule(module.symbol).map((exported) => [exported.name, exported]));
      if (module.default !== null && !names.has('default')) names.set('default', module.default);
      return names;
    });
  }

  /** What these names export: `Bull.Queue` is within a namespace. */
  named(name: string): readonly Exported[] {
    const [first = '', ...rest] = name.replace(/^\*\./, '').split('.');
    return this.exports.flatMap((names, index) => {
      const { symbol: module } = this.modules[index]!;
      // `export = value`: what the value has can be imported by name.
      const whole = module?.exports?.get(ts.InternalSymbolName.ExportEquals);
      const symbol = names.get(first) ?? (whole === undefined ? undefined : this.checker.getPropertyOfType(this.checker.getTypeOfSymbol(this.resolved(whole)), first));
      return symbol === undefined ? [] : this.within(this.resolved(symbol), rest);
    });
  }

  global(name: string): Exported | null {
    const symbol = this.globals.get(name);
    return symbol === undefined ? null : this.exported(this.resolved(symbol));
  }

  private within(symbol: ts.Symbol, rest: readonly string[]): readonly Exported[] {
    if (rest.length === 0) return [this.exported(symbol)];
    const next = symbol.exports?.get(ts.escapeLeadingUnderscores(rest[0]!)) ?? (symbol.flags & ts.SymbolFlags.Module ? this.checker.getExportsOfModule(symbol).find(({ name }) => name === rest[0]) : undefined);
    return next === undefined ? [] : this.within(this.resolved(next), rest.slice(1));
  }

  private exported(symbol: ts.Symbol): Exported {
    const { checker } = this;
    return {
      value: symbol.flags & ts.SymbolFlags.Value ? checker.getTypeOfSymbol(symbol) : null,
      type: symbol.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface | ts.SymbolFlags.TypeAlias | ts.SymbolFlags.Enum) ? checker.getDeclaredTypeOfSymbol(symbol) : null,
    };
  }

  private resolved(symbol: ts.Symbol): ts.Symbol {
    return symbol.flags & ts.SymbolFlags.Alias ? this.checker.getAliasedSymbol(symbol) : symbol;
  }

  /** Types of what may be at a place: without null, a union's parts apart, a parameter as its constraint. */
  parts(type: ts.Type): readonly ts.Type[] {
    const { checker } = this;
    let plain = checker.getNonNullableType(type);
    if (plain.flags & (ts.TypeFlags.Conditional | ts.TypeFlags.IndexedAccess | ts.TypeFlags.TypeParameter | ts.TypeFlags.Substitution)) plain = checker.getBaseConstraintOfType(plain) ?? plain;
    const branches = plain.flags & ts.TypeFlags.Conditional ? this.branches(plain as ts.ConditionalType) : [];
    return [...(plain.isUnion() ? plain.types : [plain]), ...branches].map((part) => checker.getApparentType(part));
  }

  private branches({ root }: ts.ConditionalType): readonly ts.Type[] {
    return [root.node.trueType, root.node.falseType].map((node) => this.checker.getTypeFromTypeNode(node)).filter((type) => !(type.flags & ts.TypeFlags.Conditional));
  }

  property(type: ts.Type, name: string): ts.Type | null {
    const { checker } = this;
    for (const part of this.parts(type)) {
      const property = checker.getPropertyOfType(part, name);
      if (property !== undefined) return checker.getTypeOfSymbol(property);
    }
    return null;
  }

  isOpen(type: ts.Type): boolean {
    return this.parts(type).some((part) =>
      (part.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.TypeParameter)) !== 0 || this.checker.getIndexTypeOfType(part, ts.IndexKind.String) !== undefined ||
      ((part.flags & ts.TypeFlags.Object) !== 0 && this.checker.getPropertiesOfType(part).length === 0));
  }

  calls(type: ts.Type): readonly ts.Signature[] {
    return this.parts(type).flatMap((part) => this.checker.getSignaturesOfType(part, ts.SignatureKind.Call));
  }

  constructs(type: ts.Type): readonly ts.Signature[] {
    return this.parts(type).flatMap((part) => this.checker.getSignaturesOfType(part, ts.SignatureKind.Construct));
  }

  returned(signature: ts.Signature): readonly ts.Type[] {
    const type = this.checker.getReturnTypeOfSignature(signature);
    // Whether a builder can be awaited is asked of the first few of its instances: its members are resolved anew for each.
    const generic = genericOf(type);
    const asked = generic === null || generic.name === 'Promise' ? 0 : (this.asked.get(generic) ?? 0);
    if (asked >= INSTANTIATIONS) return [type];
    if (generic !== null) this.asked.set(generic, asked + 1);
    const awaited = this.checker.getAwaitedType(type);
    return awaited === undefined || awaited === type ? [type] : [type, awaited];
  }

  elements(type: ts.Type): readonly ts.Type[] {
    return this.parts(type).flatMap((part) => this.checker.getIndexTypeOfType(part, ts.IndexKind.Number) ?? []);
  }

  properties(type: ts.Type): readonly ts.Type[] {
    return this.parts(type).flatMap((part) => this.checker.getPropertiesOfType(part).slice(0, 30).map((property) => this.checker.getTypeOfSymbol(property)));
  }

  /** How many arguments a signature takes. */
  arity(signature: ts.Signature): number {
    const { declaration } = signature;
    const rest = signature.parameters.at(-1);
    if (rest !== undefined && isRest(rest, declaration, signature.parameters.length)) return Infinity;
    return signature.parameters.length;
  }

  argument(signature: ts.Signature, index: number): ts.Type | null {
    const { parameters } = signature;
    if (index < parameters.length - 1 || (index < parameters.length && this.arity(signature) !== Infinity)) return this.checker.getTypeOfSymbol(parameters[index]!);
    if (this.arity(signature) !== Infinity) return null;
    const rest = this.checker.getTypeOfSymbol(parameters.at(-1)!);
    const at = index - parameters.length + 1;
    return this.property(rest, String(at)) ?? this.elements(rest)[0] ?? null;
  }

}

/** More than these of one generic type are variants of what was seen. */
export const INSTANTIATIONS = 3;

/** What a type is an instance of, if that has a name. */
export const genericOf = ({ aliasSymbol, symbol }: ts.Type): ts.Symbol | null => aliasSymbol ?? (symbol === undefined || symbol.name.startsWith('__') ? null : symbol);

function isRest(parameter: ts.Symbol, declaration: ts.SignatureDeclaration | ts.JSDocSignature | undefined, count: number): boolean {
  const own = parameter.valueDeclaration;
  if (own !== undefined && ts.isParameter(own)) return own.dotDotDotToken !== undefined;
  const last = declaration?.parameters.at(-1);
  return last !== undefined && 'dotDotDotToken' in last && last.dotDotDotToken !== undefined && declaration!.parameters.length <= count;
}
