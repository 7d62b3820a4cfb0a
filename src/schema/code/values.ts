/** Looking at values of a file's IR: constants, object literals, call chains, what an import names. Within the file only. */
import type { ClassIR, Decorator, Event, FileIR, FunctionId, Term, TypeRef, V } from '../../vocabulary/ir.ts';

/** A value of one function. */
export interface Ref {
  readonly fn: FunctionId;
  readonly v: V;
}

export interface Call {
  readonly fn: FunctionId;
  readonly callee: Ref;
  /** A spread leaves the rest unknown: the list ends before it. */
  readonly args: readonly Ref[];
  readonly isNew: boolean;
  /** The result is only the receiver of a further call. */
  readonly isReceiver: boolean;
  readonly start: number;
  readonly result: number;
}

export interface Step {
  readonly method: string;
  readonly args: readonly Ref[];
}

export interface Properties {
  readonly entries: ReadonlyMap<string, Ref>;
  /** False when a spread or a computed key could not be resolved. */
  readonly complete: boolean;
}

export class Values {
  private readonly callsOf = new Map<FunctionId, Map<number, Call>>();

  private readonly resultsOf = new Map<FunctionId, ReadonlyMap<number, V>>();

  private keysRead: Set<string> | undefined;

  constructor(readonly ir: FileIR) {}

  /** Follows captures to the variable they read; a variable may be made from itself, so not for ever. */
  resolve(ref: Ref, budget = { hops: 50 }): Ref {
    let { fn, v } = ref;
    while (budget.hops-- > 0) {
      const term = this.ir.functions[fn]?.values[v];
      if (term?.[0] === 'cap') {
        let owner = fn;
        for (let up = term[1]; up > 0 && owner >= 0; up--) owner = this.ir.functions[owner].up;
        const slot = owner >= 0 ? this.ir.functions[owner].slots[term[2]] : undefined;
        if (slot === undefined) break;
        [fn, v] = [owner, slot];
      } else if (term?.[0] === 'in') [fn, v] = [term[1], term[2]];
      else if (term?.[0] === 'await') v = term[1];
      else if (term?.[0] === 'get' && typeof term[2] === 'string') {
        const found = this.member({ fn, v: term[1] }, term[2], budget);
        if (!found) break;
        ({ fn, v } = found);
      } else break;
    }
    return { fn, v };
  }

  /** Property of an object literal of this file. */
  private member(object: Ref, key: string, budget: { hops: number }): Ref | undefined {
    const owner = this.resolve(object, budget);
    const term = this.ir.functions[owner.fn]?.values[owner.v];
    if (term?.[0] !== 'obj') return undefined;
    const prop = term.slice(1).findLast((item) => Array.isArray(item) && item.length === 2 && item[0] === key) as
      readonly [string, V] | undefined;
    return prop && { fn: owner.fn, v: prop[1] };
  }

  term(ref: Ref | undefined): Term {
    if (!ref) return ['unknown'];
    const { fn, v } = this.resolve(ref);
    return this.ir.functions[fn]?.values[v] ?? ['unknown'];
  }

  text(ref: Ref | undefined): string | undefined {
    const term = this.term(ref);
    if (term[0] === 'lit') return typeof term[1] === 'string' ? term[1] : undefined;
    return term[0] === 'tpl' && term.length === 2 ? term[1][0] : undefined;
  }

  isTrue(ref: Ref | undefined): boolean {
    const term = this.term(ref);
    return term[0] === 'lit' && term[1] === true;
  }

  isFalse(ref: Ref | undefined): boolean {
    const term = this.term(ref);
    return term[0] === 'lit' && term[1] === false;
  }

  isObject(ref: Ref | undefined): boolean {
    return this.term(ref)[0] === 'obj';
  }

  props(ref: Ref | undefined, depth = 0): Properties {
    const entries = new Map<string, Ref>();
    const term = this.term(ref);
    if (!ref || term[0] !== 'obj' || depth > 8) return { entries, complete: false };
    const { fn } = this.resolve(ref);
    let complete = true;
    for (const prop of term.slice(1) as (readonly [string | V, V] | readonly [V])[]) {
      if (prop.length === 1) {
        const spread = this.props({ fn, v: prop[0] }, depth + 1);
        for (const [key, value] of spread.entries) entries.set(key, value);
        complete &&= spread.complete;
      } else {
        const key = typeof prop[0] === 'string' ? prop[0] : this.text({ fn, v: prop[0] });
        if (key === undefined) complete = false;
        else entries.set(key, { fn, v: prop[1] });
      }
    }
    return { entries, complete };
  }

  prop(ref: Ref | undefined, key: string): Ref | undefined {
    return this.props(ref).entries.get(key);
  }

  items(ref: Ref | undefined): Ref[] {
    const term = this.term(ref);
    if (!ref || term[0] !== 'arr') return [];
    const { fn } = this.resolve(ref);
    return term.slice(1).flatMap((item) => (typeof item === 'number' ? { fn, v: item } : []));
  }

  /** Strings of a list, or of one string; null when one of them is unknown. */
  texts(ref: Ref | undefined): string[] | null {
    const single = this.text(ref);
    if (single !== undefined) return [single];
    const term = this.term(ref);
    if (term[0] !== 'arr') return null;
    const items = this.items(ref).map((item) => this.text(item));
    return items.length === term.length - 1 && items.length > 0 && items.every((item) => item !== undefined) ? items : null;
  }

  /** Specifier and name of an imported value; `default.x` and `*.x` are `x`. */
  imported(ref: Ref | undefined, depth = 0): { spec: string; name: string } | null {
    const term = this.term(ref);
    if (term[0] === 'import') return { spec: term[1], name: term[2] };
    if (!ref || term[0] !== 'get' || typeof term[2] !== 'string' || depth > 20) return null;
    const owner = this.imported({ fn: this.resolve(ref).fn, v: term[1] }, depth + 1);
    if (!owner) return null;
    return { spec: owner.spec, name: owner.name === 'default' || owner.name === '*' ? term[2] : `${owner.name}.${term[2]}` };
  }

  /** Name of a value imported from one of the packages, subpaths included. */
  importedFrom(ref: Ref | undefined, ...packages: readonly string[]): string | null {
    const found = this.imported(ref);
    return found && packages.some((name) => found.spec === name || found.spec.startsWith(`${name}/`)) ? found.name : null;
  }

  importsFrom(...packages: readonly string[]): boolean {
    return this.ir.module.specs.some((spec) => packages.some((name) => spec === name || spec.startsWith(`${name}/`)));
  }

  /** The call that made the value. */
  call(ref: Ref | undefined): Call | null {
    const term = this.term(ref);
    if (!ref || term[0] !== 'res') return null;
    return this.callsByResult(this.resolve(ref).fn).get(term[1]) ?? null;
  }

  /** `a.b(1).c(2)` as its root `a` and the steps `b`, `c`; a bare call `f(1)` is the root of its chain. */
  chain(ref: Ref): { root: Ref; steps: Step[] } {
    const steps: Step[] = [];
    let at = ref;
    for (let hops = 0; hops < 500; hops++) {
      const call = this.call(at);
      const callee = call && this.term(call.callee);
      if (!call || callee?.[0] !== 'get' || typeof callee[2] !== 'string' || this.imported(call.callee)) break;
      steps.push({ method: callee[2], args: call.args });
      at = { fn: this.resolve(call.callee).fn, v: callee[1] };
    }
    return { root: at, steps: steps.reverse() };
  }

  /** Calls of one function in the order of the text, those of functions inside it excluded. */
  calls(fn: FunctionId): Call[] {
    return [...this.callsByResult(fn).values()];
  }

  private callsByResult(fn: FunctionId): ReadonlyMap<number, Call> {
    const known = this.callsOf.get(fn);
    if (known) return known;
    const calls = new Map<number, Call>();
    this.callsOf.set(fn, calls);
    walk(this.ir.functions[fn]?.body ?? [], (event) => {
      if (event[0] !== 'call' && event[0] !== 'new') return;
      const [kind, result, callee, args, use, span] = event;
      const plain: Ref[] = [];
      for (const arg of args) {
        if (typeof arg !== 'number') break;
        plain.push({ fn, v: arg });
      }
      calls.set(result, {
        fn,
        callee: { fn, v: callee },
        args: plain,
        isNew: kind === 'new',
        isReceiver: use === 'receiver',
        start: span[0],
        result,
      });
    });
    return calls;
  }

  /** The result of a call as a value. */
  result(call: Call): Ref {
    let results = this.resultsOf.get(call.fn);
    if (!results) {
      results = new Map(this.ir.functions[call.fn].values.flatMap((term, v) => (term[0] === 'res' ? [[term[1], v]] : [])));
      this.resultsOf.set(call.fn, results);
    }
    return { fn: call.fn, v: results.get(call.result) ?? -1 };
  }

  /** Whether a property of one of these names is read anywhere: a cheap way to pass over most files. */
  reads(...keys: readonly string[]): boolean {
    if (!this.keysRead) {
      this.keysRead = new Set();
      for (const { values } of this.ir.functions)
        for (const term of values) if (term[0] === 'get' && typeof term[2] === 'string') this.keysRead.add(term[2]);
    }
    return keys.some((key) => this.keysRead!.has(key));
  }

  /** Whether some text starts like that: a string, a template, a tagged template. */
  hasText(pattern: RegExp): boolean {
    return this.ir.functions.some(
      ({ values, body }, fn) =>
        values.some((term) =>
          term[0] === 'lit' && typeof term[1] === 'string' ? pattern.test(term[1]) : term[0] === 'tpl' && pattern.test(term[1][0]),
        ) ||
        (body.length > 0 && this.tags(fn).some(({ quasis }) => pattern.test(quasis[0]))),
    );
  }

  /** Tagged templates of one function. */
  tags(fn: FunctionId): { quasis: readonly string[]; holes: Ref[]; start: number }[] {
    const found: { quasis: readonly string[]; holes: Ref[]; start: number }[] = [];
    walk(this.ir.functions[fn].body, (event) => {
      if (event[0] === 'tag') found.push({ quasis: event[3], holes: event[4].map((v) => ({ fn, v })), start: event[6][0] });
    });
    return found;
  }

  allCalls(): Call[] {
    return this.ir.functions.flatMap((_, fn) => this.calls(fn));
  }

  /** Values that the function may return. */
  returned(ref: Ref | undefined): Ref[] {
    const term = this.term(ref);
    if (term[0] !== 'fn') return [];
    const fn = term[1];
    const values: Ref[] = [];
    walk(this.ir.functions[fn]?.body ?? [], (event) => {
      if (event[0] === 'return' && event[1] !== -1) values.push({ fn, v: event[1] });
    });
    return values;
  }

  /** Values interpolated in the tagged template that made this value. */
  tagged(ref: Ref): Ref[] {
    const term = this.term(ref);
    if (term[0] !== 'res') return [];
    const { fn } = this.resolve(ref);
    let values: Ref[] = [];
    walk(this.ir.functions[fn].body, (event) => {
      if (event[0] === 'tag' && event[1] === term[1]) values = event[4].map((v) => ({ fn, v }));
    });
    return values;
  }

  /** Names under which the module exports the value. */
  exportedAs(ref: Ref): string[] {
    const wanted = this.resolve(ref);
    return Object.entries(this.ir.module.exports).flatMap(([name, v]) => {
      const found = this.resolve({ fn: 0, v });
      return name !== 'default' && name !== '=' && found.fn === wanted.fn && found.v === wanted.v ? name : [];
    });
  }

  classOf(ref: Ref | undefined): ClassIR | undefined {
    const term = this.term(ref);
    return term[0] === 'class' ? this.ir.classes[term[1]] : undefined;
  }

  superclass(of: ClassIR): Ref | undefined {
    return of.extends === undefined ? undefined : { fn: of.up, v: of.extends };
  }

  /** Is the value a parameter? Then of which function and which one. */
  parameter(ref: Ref): { fn: FunctionId; index: number; type?: TypeRef } | null {
    const found = this.resolve(ref);
    const term = this.ir.functions[found.fn]?.values[found.v];
    if (term?.[0] !== 'param') return null;
    const type = this.ir.functions[found.fn].params[term[1]]?.type;
    return { fn: found.fn, index: term[1], ...(type && { type }) };
  }

  /** Whether a function of that name is, or encloses, `fn`. */
  isInside(fn: FunctionId, name: RegExp): boolean {
    for (let at = fn; at >= 0; at = this.ir.functions[at].up) if (name.test(this.ir.functions[at].name)) return true;
    return false;
  }

  /** Decorators of these packages: name of each and its arguments. */
  decorators(list: readonly Decorator[] | undefined, scope: FunctionId, ...packages: readonly string[]): { name: string; args: Ref[] }[] {
    return (list ?? []).flatMap((decorator) => {
      const name = this.importedFrom({ fn: scope, v: decorator.callee }, ...packages);
      if (!name) return [];
      return { name, args: (decorator.args ?? []).flatMap((arg) => (typeof arg === 'number' ? { fn: scope, v: arg } : [])) };
    });
  }
}

function walk(events: readonly Event[], visit: (event: Event) => void): void {
  for (const event of events) {
    visit(event);
    switch (event[0]) {
      case 'if':
        walk(event[2], visit);
        walk(event[3], visit);
        break;
      case 'loop':
        walk(event[3], visit);
        break;
      case 'try':
        for (const part of [event[2], event[3], event[4]]) if (part) walk(part, visit);
        break;
      case 'switch':
        for (const [, body] of event[2]) walk(body, visit);
        break;
      case 'label':
        walk(event[2], visit);
    }
  }
}
