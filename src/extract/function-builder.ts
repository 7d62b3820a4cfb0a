import type { ClassId, Decorator, Ev, FunctionId, FunctionIR, FunctionKind, Param, Span, TypeRef, V } from '../vocabulary/ir.ts';
import { Flow } from './flow.ts';
import type { Mutable } from './node.ts';
import type { Binding } from './scope.ts';

/** Everything about a function that is known before its body is read. */
export interface FunctionHead {
  readonly name: string;
  readonly kind: FunctionKind;
  readonly async: boolean;
  readonly generator: boolean;
  readonly span: Span;
  readonly nameSpan: Span;
  readonly class?: ClassId | undefined;
  readonly decorators?: readonly Decorator[] | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly returns?: TypeRef | undefined;
}

/** A function while it is being read. */
export class FunctionBuilder extends Flow {
  readonly params: Param[] = [];
  readonly directives: string[] = [];
  private readonly captured: Binding[] = [];
  private readonly types: [V, TypeRef][] = [];
  private readonly typeArgs: [Ev, readonly TypeRef[]][] = [];
  private nextEvent = 0;

  constructor(
    readonly id: FunctionId,
    readonly up: FunctionBuilder | null,
    readonly head: FunctionHead,
    /** What the names of inner functions start with. */
    readonly prefix: string,
  ) {
    super();
  }

  event(): Ev {
    return this.nextEvent++;
  }

  slotOf(binding: Binding): number {
    if (binding.slot < 0) binding.slot = this.captured.push(binding) - 1;
    return binding.slot;
  }

  /** How many functions up another one stands. */
  depthOf(owner: FunctionBuilder): number {
    let depth = 0;
    for (let fn: FunctionBuilder = this; fn !== owner; fn = fn.up!) depth++;
    return depth;
  }

  /** A type as written for a value; `any` and `unknown` say nothing, and neither does the type of a value that is not there yet. */
  typed(value: V, type: TypeRef | null | undefined): void {
    if (type == null || type.name === 'any' || type.name === 'unknown') return;
    const term = this.values[value]!;
    if (term[0] === 'undef' || (term[0] === 'lit' && term[1] === null)) return;
    this.types.push([value, type]);
  }

  typedCall(event: Ev, args: readonly TypeRef[]): void {
    if (args.length > 0) this.typeArgs.push([event, args]);
  }

  /** Every value that a variable of this function is ever given. */
  everything(binding: Binding): V {
    return binding.all.length === 0 ? this.simple('undef') : this.phi(binding.all);
  }

  finish(): FunctionIR {
    const { head } = this;
    const slots = this.captured.map((binding) => this.everything(binding));
    const ir: Mutable<FunctionIR> = {
      name: head.name,
      kind: head.kind,
      params: this.params,
      values: this.values,
      slots,
      body: this.events,
      async: head.async,
      generator: head.generator,
      span: head.span,
      nameSpan: head.nameSpan,
      up: this.up == null ? -1 : this.up.id,
    };
    if (head.returns != null) ir.returns = head.returns;
    if (head.class != null) ir.class = head.class;
    if (head.decorators != null && head.decorators.length > 0) ir.decorators = head.decorators;
    if (this.types.length > 0) ir.types = this.types;
    if (this.typeArgs.length > 0) ir.typeArgs = this.typeArgs;
    if (this.directives.length > 0) ir.directives = this.directives;
    if (head.tags != null && head.tags.length > 0) ir.tags = head.tags;
    return ir;
  }
}
