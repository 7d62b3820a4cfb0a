import type { ts as TypeScript } from 'ts-morph';
import type { Catalog } from '../catalog/catalog.ts';
import { isStub, type Stubs, stubs } from '../catalog/stubs.ts';
import { tooDeep } from '../load/too-deep.ts';
import { diskTree, type Tree } from '../load/tree.ts';
import type { FileIR, Span } from '../vocabulary/ir.ts';
import { LIBRARIES, loadCompiler, type TS } from './compiler.ts';
import { identifyReceiver, type Surroundings, type TsChecker, type TsFile, type TypeIdentity } from './identify.ts';
import { packageOf } from './package-of.ts';

export interface MorphOracleOptions {
  /** Absolute, with forward slashes, like every path here. */
  readonly root: string;
  readonly catalog: Catalog;
  ir(file: string): FileIR | undefined;
  /** Files, relative to the root, that will probably ask, in an order in which neighbours are neighbours. */
  candidates(): readonly string[];
  /** Where a specifier leads: an absolute path of the program, or nothing that is in view. */
  resolve(fromFile: string, spec: string): string | undefined;
  /** By default the file system. */
  readonly tree?: Tree;
  /** Parsed files that stay as they are from one oracle to the next of a long-lived process. */
  readonly parsed?: Map<string, ParsedSource>;
}

export interface ParsedSource {
  readonly text: string;
  readonly file: TypeScript.SourceFile;
}

export interface TypeOracle {
  receiverAt(file: string, call: Span): TypeIdentity | undefined;
  readonly stats: { questions: number; answers: number; programs: number; files: number; milliseconds: number };
}

const MAX_FILE = 1 << 20;
/** A checker needs a multiple of a parser's stack and memory for each level of nesting. */
const MAX_DEPTH = 1000;
/** Declarations of installed packages beyond this many characters in all are left out. */
const MAX_INSTALLED = 24 << 20;
/** Files given to the compiler together: few at first, for most programs have few questions. */
const BATCHES = [8, 64, 512, Number.POSITIVE_INFINITY];

/** Answers from the compiler that ts-morph brings, which is loaded with the first question. What fails, fails as `undefined`. */
export function morphOracle(options: MorphOracleOptions): TypeOracle {
  return new MorphOracle(options);
}

class MorphOracle implements TypeOracle {
  readonly stats = { questions: 0, answers: 0, programs: 0, files: 0, milliseconds: 0 };
  private readonly answers = new Map<string, TypeIdentity | null>();
  private compiler: Compiler | null | undefined;

  constructor(private readonly options: MorphOracleOptions) {}

  receiverAt(file: string, call: Span): TypeIdentity | undefined {
    const key = `${file}\0${call[0]}\0${call[1]}`;
    let answer = this.answers.get(key);
    if (answer === undefined) this.answers.set(key, (answer = this.ask(file, call) ?? null));
    return answer ?? undefined;
  }

  private ask(file: string, call: Span): TypeIdentity | undefined {
    const started = performance.now();
    this.stats.questions += 1;
    try {
      this.compiler ??= this.compiler === null ? null : new Compiler(this.options);
      const answer = this.compiler?.receiverAt(file, call);
      if (answer !== undefined) this.stats.answers += 1;
      return answer;
    } catch {
      // A compiler that cannot be loaded is not asked again; one that fails over a file may know the next.
      this.compiler ??= null;
      return undefined;
    } finally {
      this.stats.milliseconds += performance.now() - started;
      this.stats.programs = this.compiler?.programs ?? 0;
      this.stats.files = this.compiler?.size ?? 0;
    }
  }
}

class Compiler {
  programs = 0;
  private readonly ts: TS;
  private readonly libraries: ReadonlyMap<string, string>;
  private readonly declarations: Stubs;
  private readonly roots = new Set<string>();
  private readonly sources = new Map<string, TypeScript.SourceFile | undefined>();
  private readonly around: Surroundings;
  private readonly installations = new Map<string, boolean>();
  private installed = 0;
  private candidates: readonly string[] | undefined;
  private program: TypeScript.Program | undefined;
  private readonly settings: TypeScript.CompilerOptions;
  private readonly host: TypeScript.CompilerHost;
  private readonly tree: Tree;
  private resolutions: TypeScript.ModuleResolutionCache | undefined;

  constructor(private readonly options: MorphOracleOptions) {
    const { ts, libraries } = loadCompiler();
    this.ts = ts;
    this.libraries = libraries;
    this.tree = options.tree ?? diskTree();
    this.declarations = stubs(options.catalog);
    this.around = {
      catalog: options.catalog,
      projectFile: (name) => (name.startsWith(`${options.root}/`) && !name.includes('/node_modules/') ? name.slice(options.root.length + 1) : undefined),
      packageOf,
    };
    // What a tsconfig says of strictness and output does not matter here; where it leads imports, our own resolver says.
    this.settings = {
      target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler, lib: ['lib.esnext.d.ts'], types: [],
      strict: true, noEmit: true, allowJs: true, checkJs: false, maxNodeModuleJsDepth: 0, skipLibCheck: true, jsx: ts.JsxEmit.Preserve, esModuleInterop: true, resolveJsonModule: false,
      experimentalDecorators: true, allowImportingTsExtensions: true, disableSourceOfProjectReferenceRedirect: true, noErrorTruncation: false,
    };
    this.host = this.compilerHost();
  }

  get size(): number {
    return this.sources.size;
  }

  receiverAt(file: string, call: Span): TypeIdentity | undefined {
    const name = `${this.options.root}/${file}`;
    if (!this.roots.has(name) && this.program?.getSourceFile(name) === undefined) this.grow(file);
    const source = this.program?.getSourceFile(name);
    if (source === undefined || this.program === undefined) return undefined;
    return identifyReceiver(this.program.getTypeChecker() as unknown as TsChecker, source as unknown as TsFile, call, this.around);
  }

  /** A program of all that was in the last, this file, and the next of those that will ask. */
  private grow(file: string): void {
    this.candidates ??= this.options.candidates();
    const size = BATCHES[Math.min(this.programs, BATCHES.length - 1)]!;
    const { candidates } = this;
    const at = Math.max(0, candidates.indexOf(file));
    this.roots.add(`${this.options.root}/${file}`);
    for (let i = 0, taken = 0; i < candidates.length && taken < size; i += 1) {
      const name = `${this.options.root}/${candidates[(at + i) % candidates.length]!}`;
      if (this.roots.has(name) || this.program?.getSourceFile(name) !== undefined) continue;
      this.roots.add(name);
      taken += 1;
    }
    this.program = this.ts.createProgram({ rootNames: [...this.roots], options: this.settings, host: this.host, ...(this.program === undefined ? {} : { oldProgram: this.program }) });
    this.programs += 1;
  }

  private compilerHost(): TypeScript.CompilerHost {
    const { options } = this;
    return {
      getSourceFile: (name) => this.source(name),
      getDefaultLibFileName: () => `${LIBRARIES}/lib.esnext.d.ts`,
      getDefaultLibLocation: () => LIBRARIES,
      writeFile: () => {},
      getCurrentDirectory: () => options.root,
      getCanonicalFileName: (name) => name,
      useCaseSensitiveFileNames: () => true,
      getNewLine: () => '\n',
      fileExists: (name) => isStub(name) || this.libraries.has(name) || this.tree.isFile(name),
      readFile: (name) => this.text(name),
      directoryExists: (name) => this.tree.isDirectory(name),
      getDirectories: () => [],
      resolveModuleNameLiterals: (literals, from) => literals.map((literal) => ({ resolvedModule: this.resolved(literal.text, from) })),
      resolveTypeReferenceDirectiveReferences: (references) => references.map(() => ({ resolvedTypeReferenceDirective: undefined })),
      hasInvalidatedResolutions: () => false,
    };
  }

  private text(name: string): string | undefined {
    return isStub(name) ? this.declarations.text(name) : (this.libraries.get(name) ?? this.tree.read(name).text);
  }

  private source(name: string): TypeScript.SourceFile | undefined {
    if (this.sources.has(name)) return this.sources.get(name);
    const text = this.text(name);
    const foreign = name.includes('/node_modules/');
    const isOwn = this.around.projectFile(name) !== undefined;
    if (text !== undefined && foreign) this.installed += text.length;
    const usable = text !== undefined && text.length <= MAX_FILE && !(foreign && this.installed > MAX_INSTALLED) && !(isOwn && tooDeep(text, MAX_DEPTH));
    const file = usable ? this.parsed(name, text) : undefined;
    this.sources.set(name, file);
    return file;
  }

  private parsed(name: string, text: string): TypeScript.SourceFile {
    const before = this.options.parsed?.get(name);
    if (before?.text === text) return before.file;
    const file = this.ts.createSourceFile(name, text, { languageVersion: this.ts.ScriptTarget.ESNext, jsDocParsingMode: this.ts.JSDocParsingMode.ParseNone }, false);
    this.options.parsed?.set(name, { text, file });
    return file;
  }

  private resolved(spec: string, from: string): TypeScript.ResolvedModuleFull | undefined {
    if (isStub(spec)) return { resolvedFileName: spec, extension: '.d.ts', isExternalLibraryImport: true };
    const own = from.includes('/node_modules/') ? undefined : this.options.resolve(from, spec);
    if (own !== undefined) return { resolvedFileName: own, extension: extensionOf(own), isExternalLibraryImport: false };
    const installed = spec.startsWith('.') && !from.includes('/node_modules/') ? undefined : this.installedModule(spec, from);
    if (installed !== undefined) return installed;
    const file = this.around.projectFile(from);
    const stub = this.declarations.module(spec, file === undefined ? [] : namesFrom(this.options.ir(file), spec));
    return stub === undefined ? undefined : { resolvedFileName: stub, extension: '.d.ts', isExternalLibraryImport: true };
  }

  private installedModule(spec: string, from: string): TypeScript.ResolvedModuleFull | undefined {
    if (!from.includes('/node_modules/') && !this.hasInstallation(from.slice(0, from.lastIndexOf('/')))) return undefined;
    this.resolutions ??= this.ts.createModuleResolutionCache(this.options.root, (name) => name, this.settings);
    const { resolvedModule } = this.ts.resolveModuleName(spec, from, this.settings, { fileExists: (name) => this.tree.isFile(name), readFile: (name) => this.tree.read(name).text, directoryExists: (name) => this.tree.isDirectory(name) }, this.resolutions);
    // A package without declarations tells nothing; one whose client is too large to read is told by the model.
    if (resolvedModule === undefined || !/\.d\.[cm]?ts$/.test(resolvedModule.resolvedFileName)) return undefined;
    return (this.options.catalog.knows(spec) && this.source(resolvedModule.resolvedFileName) === undefined) ? undefined : resolvedModule;
  }

  private hasInstallation(dir: string): boolean {
    let known = this.installations.get(dir);
    if (known === undefined) {
      known = this.tree.isDirectory(`${dir}/node_modules`) || (dir.length > this.options.root.length && this.hasInstallation(dir.slice(0, dir.lastIndexOf('/'))));
      this.installations.set(dir, known);
    }
    return known;
  }
}

const extensionOf = (name: string): string => /(?:\.d)?\.[cm]?[jt]sx?$/.exec(name)?.[0] ?? '.ts';

/** Names that a file imports or passes on from a module, `*` read as every generated one. */
function namesFrom(ir: FileIR | undefined, spec: string): readonly string[] {
  if (ir === undefined) return [];
  const { imports, reexports, stars } = ir.module;
  const names = imports.filter((record) => record.spec === spec).map((record) => record.name);
  for (const [from, name] of Object.values(reexports)) if (from === spec) names.push(name);
  if (stars.includes(spec)) names.push('PrismaClient');
  return names;
}
