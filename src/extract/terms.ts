import type { Arg, ClassId, Ev, FunctionId, Key, Prop, Term, V } from '../vocabulary/ir.ts';

/** Phis are flattened up to this width; wider ones nest, so that a long run of conditional assignments stays linear. */
const WIDEST_PHI = 16;

/** The numbered values of one function: equal term, equal number. Things with an identity of their own are made anew each time. */
export class Terms {
  readonly values: Term[] = [];
  private readonly known = new Map<string, V>();
  private placeholders: Set<V> | null = null;
  private readonly changesOf = new Map<string, number>();
  private changesOfAny = 0;
  /** Changes of a computed name: any name may be meant. */
  private changes = 0;

  private fresh(term: Term): V {
    return this.values.push(term) - 1;
  }

  private add(key: string, term: Term): V {
    const v = this.fresh(term);
    this.known.set(key, v);
    return v;
  }

  param(index: number): V {
    const key = `p${index}`;
    return this.known.get(key) ?? this.add(key, ['param', index]);
  }

  default(value: V, otherwise: V): V {
    const key = `d${value},${otherwise}`;
    return this.known.get(key) ?? this.add(key, ['default', value, otherwise]);
  }

  simple(kind: 'this' | 'super' | 'undef'): V {
    return this.known.get(kind) ?? this.add(kind, [kind]);
  }

  import(spec: string, name: string): V {
    const key = `I${name} ${spec}`;
    return this.known.get(key) ?? this.add(key, ['import', spec, name]);
  }

  global(name: string): V {
    const key = `G${name}`;
    return this.known.get(key) ?? this.add(key, ['global', name]);
  }

  cap(depth: number, slot: number): V {
    const key = `c${depth},${slot}`;
    return this.known.get(key) ?? this.add(key, ['cap', depth, slot]);
  }

  lit(value: string | number | boolean | null): V {
    if (typeof value === 'number' && !Number.isFinite(value)) return this.global(String(value)); // JSON has no word for it
    const key = typeof value === 'string' ? `'${value}` : `=${value}`;
    return this.known.get(key) ?? this.add(key, ['lit', value]);
  }

  regex(source: string): V {
    const key = `/${source}`;
    return this.known.get(key) ?? this.add(key, ['regex', source]);
  }

  tpl(quasis: readonly string[], values: readonly V[]): V {
    const key = `t${values.join()} ${JSON.stringify(quasis)}`;
    return this.known.get(key) ?? this.add(key, ['tpl', quasis, ...values]);
  }

  get(object: V, key: Key): V {
    const version = this.changes + (typeof key === 'string' ? (this.changesOf.get(key) ?? 0) : this.changesOfAny);
    const id = typeof key === 'string' ? `.${object}.${key}@${version}` : `.${object}[${key}@${version}`;
    return this.known.get(id) ?? this.add(id, ['get', object, key]);
  }

  /** A property of this name is given a value: what is read from now on is another value than what was read before. */
  changed(key: Key): void {
    if (typeof key === 'string') this.changesOf.set(key, (this.changesOf.get(key) ?? 0) + 1);
    else this.changes += 1;
    this.changesOfAny += 1;
  }

  item(collection: V): V {
    const key = `i${collection}`;
    return this.known.get(key) ?? this.add(key, ['item', collection]);
  }

  key(object: V): V {
    const key = `k${object}`;
    return this.known.get(key) ?? this.add(key, ['key', object]);
  }

  rest(value: V, omitted: readonly string[]): V {
    const key = `r${value} ${omitted.join()}`;
    return this.known.get(key) ?? this.add(key, ['rest', value, omitted]);
  }

  await(value: V): V {
    const key = `a${value}`;
    return this.known.get(key) ?? this.add(key, ['await', value]);
  }

  bin(op: string, left: V, right: V): V {
    const key = `b${op} ${left},${right}`;
    return this.known.get(key) ?? this.add(key, ['bin', op, left, right]);
  }

  un(op: string, value: V): V {
    const key = `u${op} ${value}`;
    return this.known.get(key) ?? this.add(key, ['un', op, value]);
  }

  logic(op: '&&' | '||' | '??', left: V, right: V): V {
    if (left === right) return left;
    const key = `l${op}${left},${right}`;
    return this.known.get(key) ?? this.add(key, ['logic', op, left, right]);
  }

  cond(test: V, then: V, otherwise: V): V {
    if (then === otherwise) return then;
    const key = `?${test},${then},${otherwise}`;
    return this.known.get(key) ?? this.add(key, ['cond', test, then, otherwise]);
  }

  in(fn: FunctionId, value: V): V {
    const key = `n${fn},${value}`;
    return this.known.get(key) ?? this.add(key, ['in', fn, value]);
  }

  caught(index: number): V {
    const key = `e${index}`;
    return this.known.get(key) ?? this.add(key, ['caught', index]);
  }

  phi(values: readonly V[]): V {
    const flat = this.flatten(values).sort((a, b) => a - b);
    if (flat.length === 1) return flat[0]!;
    const key = `f${flat.join()}`;
    return this.known.get(key) ?? this.add(key, ['phi', ...flat]);
  }

  /** A phi whose values are not yet known (the head of a loop). It keeps its identity. */
  placeholder(): V {
    const v = this.fresh(['phi']);
    (this.placeholders ??= new Set()).add(v);
    return v;
  }

  /** Completes a placeholder; answers the one value it stands for when there is only one. */
  patch(placeholder: V, values: readonly V[]): V {
    const flat = this.flatten(values).filter((v) => v !== placeholder);
    this.values[placeholder] = ['phi', ...flat];
    return flat.length === 1 ? flat[0]! : placeholder;
  }

  private flatten(values: readonly V[]): V[] {
    const flat = new Set<V>();
    for (const value of values) {
      const v = this.settled(value);
      const term = this.values[v]!;
      if (term[0] === 'phi' && term.length <= WIDEST_PHI && this.placeholders?.has(v) !== true) for (let i = 1; i < term.length; i++) flat.add(term[i] as V);
      else flat.add(v);
    }
    return [...flat];
  }

  /** Through completed placeholders that turned out to stand for one value. */
  private settled(v: V): V {
    for (;;) {
      const term = this.values[v]!;
      if (term[0] !== 'phi' || term.length !== 2) return v;
      v = term[1]!;
    }
  }

  res(event: Ev): V {
    return this.fresh(['res', event]);
  }

  obj(props: readonly Prop[]): V {
    return this.fresh(['obj', ...props]);
  }

  arr(items: readonly Arg[]): V {
    return this.fresh(['arr', ...items]);
  }

  fn(id: FunctionId): V {
    return this.fresh(['fn', id]);
  }

  class(id: ClassId): V {
    return this.fresh(['class', id]);
  }

  unknown(): V {
    return this.fresh(['unknown']);
  }
}
