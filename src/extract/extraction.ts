import type { ClassIR, FunctionId, FunctionIR, ImportRecord, Span, TypeDecl, V } from '../vocabulary/ir.ts';
import { AssignedNames } from './assigned.ts';
import { FunctionBuilder, type FunctionHead } from './function-builder.ts';
import { type Node, record, startOf } from './node.ts';
import { type Binding, Scope } from './scope.ts';

/** The name that the surroundings give to a function, class or object without one: that of a variable or property. */
export interface Hint {
  readonly name: string;
  readonly span: Span;
}

const LONGEST_PREFIX = 160;

/** The state of reading one file: where we are (function, scope) and what has been found so far. */
export class Extraction {
  fn!: FunctionBuilder;
  scope!: Scope;
  readonly functions: FunctionIR[] = [];
  readonly classes: ClassIR[] = [];
  readonly types: Record<string, TypeDecl> = record();
  readonly assigned = new AssignedNames();
  /** Class declarations get their value when their scope is entered. */
  readonly declared = new Map<Node, { readonly id: number; readonly value: V }>();

  readonly imports: ImportRecord[] = [];
  readonly specs = new Set<string>();
  readonly exports: Record<string, V> = record();
  readonly reexports: Record<string, readonly [spec: string, name: string]> = record();
  readonly stars: string[] = [];
  /** `export { a as b }`, settled when the file has been read. */
  readonly exportedNames: { readonly exported: string; readonly local: string; readonly typeOnly: boolean }[] = [];
  esm = false;
  readonly namespaces = new Set<string>();
  /** Prefix of the type names of a namespace. */
  typePrefix = '';

  private pendingTags: readonly string[] | null = null;

  constructor(
    readonly text: string,
    /** Tags of JSDoc comments, by the offset of what they stand in front of. */
    private readonly tags: ReadonlyMap<number, readonly string[]>,
  ) {}

  /** `outer.inner`; very deep nesting is cut, as names would grow with its square. */
  fullName(local: string): string {
    const prefix = this.fn == null ? '' : this.fn.prefix;
    if (prefix === '') return local;
    return prefix.length > LONGEST_PREFIX ? `${prefix.slice(0, LONGEST_PREFIX)}….${local}` : `${prefix}.${local}`;
  }

  /** Reads a function: `read` runs with it as the current one. */
  within(head: FunctionHead, prefix: string, id: FunctionId, read: (fn: FunctionBuilder) => void): void {
    const { fn, scope } = this;
    const inner = new FunctionBuilder(id, fn ?? null, head, prefix);
    this.fn = inner;
    this.scope = new Scope(scope ?? null, inner);
    read(inner);
    this.functions[id] = inner.finish();
    this.fn = fn;
    this.scope = scope;
  }

  reserveFunction(): FunctionId {
    return this.functions.push(undefined as unknown as FunctionIR) - 1;
  }

  /** Runs in a scope of its own. */
  scoped(run: () => void): void {
    const { scope } = this;
    this.scope = new Scope(scope, this.fn);
    run();
    this.scope = scope;
  }

  /** What a name stands for here. */
  read(name: string): V {
    const { fn } = this;
    const binding = this.scope.find(name);
    if (binding == null) return name === 'undefined' ? fn.simple('undef') : fn.global(name);
    if (binding.imported != null) return fn.import(binding.imported.spec, binding.imported.name);
    if (binding.owner === fn) return fn.read(binding);
    return fn.cap(fn.depthOf(binding.owner), binding.owner.slotOf(binding));
  }

  assign(name: string, value: V, span: Span): void {
    const binding = this.scope.find(name);
    if (binding != null && binding.imported == null) this.assignTo(binding, value, span);
  }

  assignTo(binding: Binding, value: V, span: Span): void {
    const { fn } = this;
    const { owner } = binding;
    fn.typed(value, binding.type);
    if (owner === fn) return fn.write(binding, value);
    fn.emit(['assign', fn.depthOf(owner), owner.slotOf(binding), value, span]);
    const within = owner.in(fn.id, value);
    if (binding.add(within)) binding.inner = binding.inner < 0 ? within : owner.phi([binding.inner, within]);
  }

  /** Remembers the tags in front of a statement or member, for the first function in it. */
  expectFunction(at: Node): boolean {
    const tags = this.tags.size === 0 ? undefined : this.tags.get(startOf(at));
    if (tags != null) this.pendingTags = tags;
    return tags != null;
  }

  expectNone(): void {
    this.pendingTags = null;
  }

  takeTags(at: Node): readonly string[] {
    if (this.tags.size === 0) return [];
    const tags = this.tags.get(startOf(at)) ?? this.pendingTags ?? [];
    this.pendingTags = null;
    return tags;
  }
}
