/**
 * What a model has no words for: types that carry a type of the project's through a library, so that a checker finds the client in
 * `ctx.prisma` or `c.get('db')`. By `library#Type`, members to add or put in place of the generated ones.
 */
const ADDED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'trpc#Init': {
    context: 'context<C>(): Init<C extends (...args: any[]) => infer R ? Awaited<R> : Awaited<C>>;',
    meta: 'meta<M>(): Init<T0>;',
    create: 'create(...args: any[]): Trpc<T0>;',
  },
  'trpc#Trpc': {
    procedure: 'readonly procedure: ProcedureBuilder<T0>;',
    middleware: 'middleware<C>(fn: (options: ResolverOptions<T0>) => Promise<$Next<C>> | $Next<C>): (options: any) => Promise<$Next<C>>;',
  },
  'trpc#ProcedureBuilder': {
    use: 'use<C>(fn: (options: ResolverOptions<T0>) => Promise<$Next<C>> | $Next<C>): ProcedureBuilder<$Overwrite<T0, C>>; use(...args: any[]): ProcedureBuilder<T0>;',
    query: 'query(fn: (options: ResolverOptions<T0>) => any): any;',
    mutation: 'mutation(fn: (options: ResolverOptions<T0>) => any): any;',
    subscription: 'subscription(fn: (options: ResolverOptions<T0>) => any): any;',
  },
  'trpc#ResolverOptions': {
    ctx: 'readonly ctx: T0;',
    next: 'next<C = {}>(options?: { ctx?: C; [key: string]: any }): Promise<$Next<C>>;',
  },
  'node-async-hooks#AsyncLocalStorage': { getStore: 'getStore(): T0 | undefined;' },
  'platform#AsyncLocalStorage': { getStore: 'getStore(): T0 | undefined;' },
  'hono#Context': {
    get: 'get<K extends string>(key: K): $Variable<T0, K>;',
    var: 'readonly var: T0 extends { Variables: infer V } ? V : any;',
    env: 'readonly env: T0 extends { Bindings: infer B } ? B : any;',
  },
};

/** Names for the above, and for nothing else. */
export const PRELUDE = `interface $Next<C> { readonly ctx: C }
type $Overwrite<T, C> = Omit<T, keyof C> & C;
type $Variable<T, K> = T extends { Variables: infer V } ? (K extends keyof V ? V[K] : any) : any;`;

export const added = (id: string): Readonly<Record<string, string>> => ADDED[id] ?? {};
