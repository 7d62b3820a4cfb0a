/**
 * The language in which library knowledge is written: data only, JSON-serialisable. One {@link LibraryModel} per library under
 * `src/models`; users give the same shape in their config. Anything a rule might ask of a library stands here, never in a rule.
 */

/**
 * Where to find a value at a call. `a0`, `a1`, … are arguments, `last` the last one, `args` all of them, `this` the receiver,
 * `result` the resolved result, followed by an access path: `a0.where`, `a1.session`, `a0.Entries[]` (each element).
 * `client` is the client that the call goes through, as it was made: `client.a0.timeout`; unknown when it was made out of view.
 * `class` is the class of the project that a static member was asked of. `type0`, `type1` are type arguments of the call or of the receiver's type. `#text` is a constant.
 */
export type Source = string;

/** A type of this library (`PrismaClient`), or of another one (`pg#PoolClient`). */
export type TypeName = string;

export interface LibraryModel {
  /** Unique; also the prefix in `library#Type`. */
  readonly name: string;
  /** Module specifiers; a trailing `/*` also matches subpaths. */
  readonly packages: readonly string[];
  /** What importing a name yields. `default` and `*` too; a missing `*`/`default` behaves as the object of the named exports. */
  readonly exports?: Readonly<Record<string, Member>>;
  readonly types: Readonly<Record<TypeName, TypeShape>>;
  /** Global names this model gives meaning to (`fetch`, `Date`, `crypto`). */
  readonly globals?: Readonly<Record<string, Member>>;
  /** Names that mean this library even when imported from a module that is not there (generated clients): exported name to member. */
  readonly generated?: Readonly<Record<string, Member>>;
  /** Exported functions of files that a framework finds by path. */
  readonly conventions?: readonly Convention[];
  /** Exports whose members are symbols that property keys are made of: `{ [Op.in]: ids }` is read as the property `[Op.in]`. */
  readonly symbols?: readonly string[];
  /** Made to hold back calls of others: a program that imports it knows of them. */
  readonly paces?: true;
  /** Those of its packages that are made to limit requests: a program that imports one does so somewhere. */
  readonly limits?: readonly string[];
  /** Those that are mounted by declarations that are not followed: in front of which handlers, nobody can tell. */
  readonly limitsUnseen?: readonly string[];
  /** The database runs one statement that writes at a time. */
  readonly oneWriter?: true;
  /** Where the knowledge was read; `verified: 'memory'` rows never decide a recommended finding alone. */
  readonly source: string;
  readonly verified: 'types' | 'docs' | 'memory';
}

/**
 * A property that holds a value of a type, a nested namespace, or something callable (overloads in order, first match wins). `type0`: what
 * the first type argument of its owner promises; of a function's type, what the function gives.
 */
export type Member = TypeName | Operation | readonly Operation[] | Namespace;

export interface Namespace {
  readonly members: Readonly<Record<string, Member>>;
}

/** What is given for a name: an instance of a class, what a function gives that is called with the container, or the value itself. */
export type Provision = 'class' | 'factory' | 'value';

export interface TypeShape {
  /** Other names under which the type is known (exported aliases, generics): all are matched against annotations. */
  readonly aliases?: readonly string[];
  readonly extends?: readonly TypeName[];
  /** `*` is any other member; its resource is the member's name when the type says `resource: 'member'`. */
  readonly members?: Readonly<Record<string, Member>>;
  /** The value itself can be called: `knex('t')`, `limit(fn)`. */
  readonly call?: Operation | readonly Operation[];
  readonly construct?: Operation | readonly Operation[];
  /** Static members of the class of this type (`Model.findOne`, `DynamoDBDocumentClient.from`). */
  readonly statics?: Readonly<Record<string, Member>>;
  /** `client` and `transaction` values are handles: identities that rules compare. A transaction handle proves that it is open. */
  readonly role?: 'client' | 'transaction' | 'session' | 'entity' | 'message';
  /** One connection: what goes through it waits in line. */
  readonly serial?: true;
  /** A piece of a pipe that ends what flows through it after a while. */
  readonly ends?: true;
  /** A piece of a pipe that begins again when what flows through it fails: how often, for ever unless told, and after what pause. */
  readonly again?: { readonly times: Source | readonly Source[]; readonly pause: Source };
  /** Each call may go through another connection. */
  readonly pooled?: true;
  /** Parameters that one statement through this client takes, where they are fewer than its library's calls say. */
  readonly maxBinds?: number;
  /** The resource (table, model, queue) of a value of this type: a type argument (`type0`), the constructor's or factory's `a0`, the name of the member that yielded it, or the project class that extends it. */
  readonly resource?: 'type0' | 'type1' | 'a0' | 'member' | 'class';
  /** A query builder. `await`: runs when awaited, returned or collected. `run`: runs only in an operation marked `run`. */
  readonly lazy?: 'await' | 'run';
  /** Members of a message that differ from one delivery of it to the next. */
  readonly perDelivery?: readonly string[];
  /** Mounted in front of handlers, it lets only so many requests through. */
  readonly throttles?: true;
  /** What the first argument of its making is to a container that it is handed to. */
  readonly provides?: Provision;
  /** Methods by which a class that extends this type is called. */
  readonly overrides?: Readonly<Record<string, { readonly entry: EntryShape; readonly args?: readonly (Returns | null)[] }>>;
  /** A function annotated with this type, or whose parameter has it, is a handler. */
  readonly handler?: EntryShape;
  readonly event?: EntryShape;
  /** A call of this type's `send`-like operation takes its effect from the command object given: the operation itself is here. */
  readonly command?: Operation;
}

/** Chooses an overload by its arguments; all given conditions must hold. An argument of unknown kind satisfies none of `kind`. */
export interface ArgCondition {
  readonly at: Source;
  readonly kind?: 'function' | 'array' | 'object' | 'string' | 'absent' | 'present';
  readonly equals?: string | number | boolean | readonly (string | number | boolean)[];
}

export interface Operation {
  readonly when?: readonly ArgCondition[];
  /** Only where the installed version is of an older major one than this; not where none is known. */
  readonly before?: number;
  /** The effect; in a builder, what this step adds to the effect being built. */
  readonly effect?: EffectShape;
  /** Runs the effect that a `lazy: 'run'` builder has gathered. */
  readonly run?: true;
  /** A `send(command)`: the effect is that of the command value at this source. */
  readonly command?: Source;
  readonly returns?: Returns;
  readonly invokes?: readonly Invocation[];
  /** Manual transactions. `begin` makes the transaction handle given by `handle` (default: the result). */
  readonly transaction?: { readonly is: 'begin' | 'commit' | 'rollback'; readonly handle?: Source; readonly isolation?: Source; /** The transaction that it is a savepoint of, when one is given. */ readonly within?: Source };
  /** Awaits or combines promises: `Promise.all`. */
  readonly awaits?: Source;
  /** Starts every lazy builder in the array within one transaction: `prisma.$transaction([…])`. */
  readonly batch?: Source;
  readonly registers?: readonly Registration[];
  /** As a decorator. */
  readonly decorates?: Decoration;
  /** The result is a clock reading, a random value, or an id of that making. */
  readonly yields?: 'clock' | 'monotonic' | 'random' | 'id' | 'sortable-id' | 'server-clock';
  /** Makes a client that keeps connections of its own: made once, it is shared by all calls. */
  readonly opens?: true;
  /** Makes a collection that the process keeps for itself, as a `Map` is. */
  readonly keeps?: true;
  /** Lets go of the connections. */
  readonly closes?: true;
  /** Async-local values: `enter` runs a function in whose calls, however deep, `read` gives this value. */
  readonly context?: { readonly is: 'enter'; readonly value: Source; readonly fn: Source } | { readonly is: 'read' };
  /** Once called, every call of this library's clients joins the transaction open around it, without being handed it. */
  readonly joinsTransactions?: true;
  /** Gives what a container holds for the class or under the name there, or for the type that the call is told. */
  readonly resolves?: Source;
  /** A container takes in what it gives for a name. Without `name`, `value` is an object with a {@link TypeShape.provides registration} under each name. */
  readonly holds?: { readonly name?: Source; readonly value: Source; readonly as?: Provision };
  /** The function there, which gives a promise, as one that calls its last argument back with what the promise gives. */
  readonly callsBack?: Source;
  /** Calls the handler that is registered for the class of this value, in this process, and gives what it returns. */
  readonly dispatches?: Source;
  /** Tells those in this process that registered for the event of this name, or for messages of its class, before it returns. */
  readonly tells?: Source;
  /** From here on, what comes through this value waits for what is still at work. */
  readonly paces?: Source;
  /** From here on, requests of this client are sent again when they fail: so many times, or as many as is said otherwise; at once where no pause is given. */
  readonly resends?: { readonly client: Source; readonly times: Source; readonly otherwise: number; readonly pause: Source };
  /** Sets up a queue: how often its jobs are run unless a job says otherwise. */
  readonly declares?: { readonly queue: Source; readonly attempts: Source };
  /** Makes a validation schema, or narrows one. */
  readonly schema?: SchemaShape;
  /** What is at `value` follows the schema from here on; `at`: it stands at this path of the result. */
  readonly checks?: { readonly schema: Source; readonly value: Source; readonly at?: string };
  /** Pure: the result is derived from receiver and arguments and nothing happens. */
  readonly pure?: true;
  /** Calls back after this time, whatever else happens. */
  readonly timer?: Source;
  /** The promise there is waited for no longer than a certain time. */
  readonly bounds?: Source;
  /** That time, in milliseconds. */
  readonly after?: Source;
  /** Passes this value through unchanged (`Object.freeze`, identity wrappers); in shorthand `returns: 'a0'`. */
  readonly mutates?: Source;
}

/** What a validation schema lets through, as far as a rule asks. */
export interface SchemaShape {
  /** Schemas of an object's fields. */
  readonly fields?: Source;
  /** A list whose elements follow this schema. */
  readonly items?: Source;
  /** Greatest length of a list. */
  readonly max?: Source;
  /** Everything else as in this schema. */
  readonly like?: Source;
}

/**
 * `this`, a Source, `invoked` (what the invoked function returns), `items of a0` is written `{ itemsOf: 'a0' }`. A type gives an
 * instance whose handle is the receiver's unless `handle` says otherwise (`new`: a handle of its own).
 */
export type Returns =
  | Source
  | {
      readonly type: TypeName;
      readonly resource?: Source;
      readonly handle?: Source | 'new';
      /** The instance is wrapped in an array or object under these keys: `{ 0: …}`. */
      readonly many?: true;
    };

export interface Invocation {
  /** The function: `a0`, `a0.eachMessage`, `last`. */
  readonly fn: Source;
  /** What it is called with: types, sources (`a1[]`: an element), or null for unknown. */
  readonly args?: readonly (Returns | null)[];
  readonly region?: RegionShape;
  /** `later`: not within the caller's time (after commit, after the response, on an event). Default `now`. */
  readonly when?: 'now' | 'later' | 'after-commit';
  /** `per-item` calls it for each element of `over`. */
  readonly times?: 'once' | 'per-item' | 'retried';
  readonly over?: Source;
  /** `per-item`: calls overlap unless the function awaits nothing; number or source of the limit when the library bounds them. */
  readonly concurrency?: Source | number | 'unbounded' | 'sequential';
}

export interface RegionShape {
  readonly kind: 'transaction' | 'lock' | 'retry' | 'limit' | 'step' | 'idempotent' | 'timeout' | 'deferred' | 'background';
  /** transaction: isolation level; lock: key; limit: concurrency; retry: attempts; timeout: milliseconds. */
  readonly value?: Source;
  /** transaction: the one that it is a savepoint of, when one is given. */
  readonly within?: Source;
  /** transaction: joined by every call of the same client below, without passing a handle (async-local). */
  readonly ambient?: true;
  /** The body may run again in the same call (transaction retries, retry helpers). */
  readonly reruns?: true;
  /** retry: where a pause between attempts is given; without one there is none. Left out: the library pauses by itself, longer each time. */
  readonly pause?: Source | readonly Source[];
  /** retry: it pauses as long each time, unless told here how the pause grows. */
  readonly steady?: Source | readonly Source[];
  /** retry: it lengthens the pauses by itself, by the factor that is given here. */
  readonly growth?: Source;
  /** lock: only inside this process. */
  readonly local?: true;
  /** lock: time to live. */
  readonly ttl?: Source;
  /** background: again and again, in each process that runs this. */
  readonly everywhere?: true;
}

export type EffectKind = 'read' | 'write' | 'publish' | 'send' | 'charge' | 'call' | 'lock' | 'unlock' | 'ack' | 'nack' | 'verify'
  /** Calls a function that whoever set this up handed in: what it does is not in view. */
  | 'delegate'
  /** Makes a client that keeps connections of its own. */
  | 'open';

export type Action =
  | 'find' | 'count' | 'exists' | 'aggregate' | 'stream'
  | 'insert' | 'update' | 'upsert' | 'replace' | 'delete' | 'save' | 'increment' | 'append' | 'expire' | 'move'
  | 'request' | 'execute';

/** How to read a criteria, value or order argument: one small reader per dialect stands in `src/program/dialects`. */
export type Dialect =
  | 'object' // { field: value }
  | 'prisma' // where: {a: {in: []}, AND}, data: {n: {increment: 1}}, orderBy: {a: 'asc'} | []
  | 'mongo' // { a: {$in: []} }, { $inc: {n: 1}, $set: {} }, sort: {a: 1}
  | 'typeorm' // { a: In([]) } or an array of them or an id, order: {a: 'ASC'}
  | 'sequelize' // { a: {[Op.in]: []} }, order: [['a', 'ASC']]
  | 'knex' // where('a', v) | where('a', '<', v) | where({}), orderBy('a', 'desc') | [{column, order}]
  | 'drizzle' // and(eq(t.a, v), …), orderBy(desc(t.a)), set({n: sql`…`})
  | 'kysely' // where('a', '=', v)
  | 'querybuilder' // TypeORM: where('u.id = :id', {id})
  | 'raw' // whereRaw('a = lower(?)', [v])
  | 'dynamo' // Key, ConditionExpression, UpdateExpression of the whole input object
  | 'key' // a plain key: Redis, object stores, ids
  | 'counter' // names of columns that the store counts: `'seats'`, `['seats', 'rows']`, `{ seats: 2 }`
  | 'firestore' // where('a', '==', v)
  | 'filters'; // [{ field, operator, value }]

export interface EffectShape {
  readonly kind?: EffectKind;
  readonly action?: Action;
  readonly system?: System;
  /** Default: the receiver's resource. */
  readonly resource?: Source;
  readonly criteria?: readonly [Dialect, Source];
  readonly values?: readonly [Dialect, Source];
  readonly order?: readonly [Dialect, Source];
  /** The SQL text and its parameters; kind, action, resource, criteria and values are read from it. */
  readonly sql?: Source;
  readonly params?: Source;
  /** In a builder, a step that binds one parameter of the statement: its name, its value. A step with `params` alone binds them all. */
  readonly bind?: readonly [name: Source, value: Source];
  /** `payload`: writes the fields given; `dirty`: the changed fields of an entity; `whole`: all of it. */
  readonly scope?: 'payload' | 'dirty' | 'whole';
  /** The client or transaction when an option names it (`a1.transaction`); absent option: the receiver's own. */
  readonly handle?: Source;
  /** HTTP verb: a literal `#POST` or a source. */
  readonly method?: Source;

  // What a read returns.
  readonly cardinality?: 'one' | 'many';
  /** Rows that belong to the one that is asked for them: `row.$relatedQuery('parts')`. */
  readonly related?: true;
  readonly limit?: Source | number;
  /** Rows are picked or grouped, by what is not read. */
  readonly distinct?: true;
  readonly offset?: Source;
  readonly cursor?: Source;
  /** Members of a read's result that tell whether there are rows: `rowCount`, `exists`; or that there are none: `empty`. */
  readonly tells?: Readonly<Record<string, 'rows' | 'none'>>;
  /** Where the read names the columns of its result; some may count rows. */
  readonly counts?: Source;
  /** Rows of several tables: those of each lie under its name, where no columns are named. */
  readonly joined?: true;
  /** Access path of the rows within the result (`rows`, `Items`, `0`). */
  readonly rows?: string;
  /** Where in the answer stands how many rows there are in all. */
  readonly total?: string;
  /** `true`, or a source whose presence makes the read lock its rows until the transaction ends. */
  readonly lock?: true | Source;
  readonly skipLocked?: true | Source;
  /** Reads a replica or a cache that may lag. */
  readonly stale?: true;

  // What makes a write safe.
  /** Access path of the affected count in the result (`count`, `rowCount`, `0`, `modifiedCount`); '' when the result is the count. */
  readonly affected?: string;
  /** The write throws when its criteria match nothing. */
  readonly throwsWhenUnmatched?: true;
  /** Presence makes the write conditional on the stored state (`ConditionExpression`, `IfMatch`). */
  readonly conditional?: true | Source;
  /** The change is computed by the store from the stored value. */
  readonly atomic?: true;
  /** An insert that meets an existing row: does nothing, updates it, or (default) fails. */
  readonly onConflict?: 'ignore' | 'update';
  readonly conflictTarget?: Source;
  /** A versioned save: fails when the stored version differs. */
  readonly versioned?: true;
  /** Repeating the call with the same arguments changes nothing more (absolute set, delete by key, put). */
  readonly repeatable?: boolean;
  /** Where the provider reads a key that makes repeats harmless. */
  readonly idempotencyKey?: Source | readonly Source[];
  /** The key is read only where the other side is set up for it (a FIFO queue): its absence says nothing. */
  readonly keyConditional?: true;
  /** Where it is told how long the record, or the lock, is kept; an empty list: for ever. */
  readonly expiry?: Source | readonly Source[];

  /** Calls this function for each element as soon as there is one, whether or not it is done with the last. */
  readonly pushes?: Source;
  /** Lets only so many callers through in a time. */
  readonly throttles?: true;

  // Weight, batches, time.
  /** nack: the message goes back into its queue, and is delivered again at once. */
  readonly requeues?: true;
  /** Of two values: a signature is checked where one of them was computed by this library, else a password or key is. */
  readonly compares?: true;
  /** verify: a password, or a code of a few digits. Whoever may try often enough finds it. */
  readonly guessable?: true;
  readonly weight?: 'business' | 'cache' | 'telemetry';
  /** The collection that one call carries, and the hard limit of the call. */
  readonly items?: Source;
  readonly maxItems?: number;
  readonly maxBytes?: number;
  /** Parameters that one statement takes, where every listed value and every field of a row is one. Absent: the library splits or inlines them. */
  readonly maxBinds?: number;
  /** Greatest length of a list in a condition. */
  readonly maxListed?: number;
  /** What is written behind the `?` of the URL. */
  readonly query?: Source;
  /** Conditions are written into the URL. */
  readonly inUrl?: true;
  /** Of a read: one call gives no more rows than this, whatever is asked for. */
  readonly pageSize?: number;
  /** Name of the operation that does many at once. */
  readonly batchCounterpart?: string;
  /** Access path in the result that tells which items failed. */
  readonly partialFailure?: string;
  /** The call itself fails when all of its items do: of one item, nothing fails in silence. */
  readonly failsWhole?: true;
  /** Other fields of the result that tell as much (`Successful`, `successCount`). */
  readonly outcome?: readonly string[];
  /** Default deadline in milliseconds; null: none. */
  readonly deadline?: number | null;
  /** An option that reads like a deadline and that this library does not know. */
  readonly deadlineIgnored?: Source;
  readonly deadlineOption?: Source | readonly Source[];
  /** Export by which an application sets up all of these clients, with a deadline when it is called by a member: `HttpModule.register`. Where it is only named, there is none. */
  readonly deadlineBy?: string;
  readonly retries?: number;
  readonly retryOption?: Source | readonly Source[];
  /** Where the number of all attempts is given, the first one included. */
  readonly attemptsOption?: Source;
  /** publish: the consumer may get it twice; order holds within this key. */
  readonly delivery?: 'at-least-once' | 'at-most-once';
  readonly orderingKey?: Source;
  /** How often the job is run at most before it counts as failed. */
  readonly attempts?: Source | readonly Source[];
  /** Where the pause between its attempts is given; without one there is none. */
  readonly pause?: Source | readonly Source[];
  /** publish: where it is told to come only after a while. */
  readonly later?: Source;
  /** publish: the broker keeps it over a restart. call: `false` where it leaves nothing behind on the other side, or nothing that lasts. */
  readonly durable?: boolean;
  /** Done, or handed to a buffer, when the call returns: it gives no promise. */
  readonly immediate?: true;
}

export type System =
  | 'sql' | 'mongo' | 'dynamo' | 'firestore' | 'cosmos' | 'redis' | 'search' | 'objects' | 'clickhouse'
  | 'queue' | 'stream' | 'pubsub' | 'jobs' | 'bus'
  | 'http' | 'rpc' | 'payment' | 'mail' | 'sms' | 'push' | 'chat' | 'ai' | 'files' | 'process' | 'store';

export interface EntryShape {
  readonly kind: 'http' | 'rpc' | 'queue' | 'stream' | 'webhook' | 'cron' | 'event' | 'job' | 'cdc' | 'script' | 'test' | 'middleware';
  /** The source delivers again after a failure or a lost ack. `attempts`: only when the job's attempts exceed one. */
  readonly redelivers?: boolean | 'attempts';
  readonly ordered?: boolean | 'key';
  /** Several messages a call: `a0.Records`. */
  readonly batch?: Source;
  /** The consumer's settings say how many come in a call: tens, not what has piled up. */
  readonly sized?: true;
  /** Property of what the handler returns that tells which messages of the batch failed, so that only those come again. */
  readonly partial?: string;
  /** Access paths, from the message, of its identity (`messageId`, `id`, `properties.messageId`). */
  readonly identity?: readonly string[];
  /** Access paths, from the message, of how often it was delivered before. */
  readonly deliveries?: readonly string[];
  /** What acknowledges: returning, or an explicit call. */
  readonly ack?: 'return' | 'explicit' | 'auto' | 'none';
  /** The platform may stop the process as soon as the handler has returned. */
  readonly suspends?: true;
  /** The next message comes without waiting for the handler to be done with the last, unless something `paces` the source. */
  readonly pushes?: true;
  /** Called in this process, before whoever does this goes on: for each event of the name in `source`, or each row of the table there that is written; `class` is that of the handler. */
  readonly hears?: 'events' | HeardWrites;
  /** The handler runs within it. */
  readonly region?: RegionShape;
  /** Fires in each process that runs this, all at the same time. */
  readonly everywhere?: true;
  /** A durable execution: what stands outside of a step runs again each time it goes on. `sandboxed`: so it does, and clocks and random values give the same each time. */
  readonly durable?: true | 'sandboxed';
  /** Name of what is consumed: queue, topic, route, event. */
  readonly source?: Source;
  readonly method?: Source;
}

/** Writes of single rows that a hook is called for, in the transaction that they are part of. */
export interface HeardWrites {
  readonly actions: readonly Action[];
  /** Where, among its arguments, the hook is given the row, and the transaction: `a0`, `a1.transaction`. */
  readonly row?: string;
  readonly handle: string;
}

export interface Registration {
  readonly entry: EntryShape;
  /** The handler, or `functions`: every function argument (middleware, then handler). Handlers in a map: `a0.resolvers.Mutation.*`. */
  readonly fn: Source | 'functions';
  readonly args?: readonly (Returns | null)[];
  /** Index of the argument that is the message (default 0). */
  readonly message?: number;
  /** Each handler gets, as the argument at this place, what the library holds under the name. */
  readonly hands?: { readonly held: string; readonly as: number };
  /** What the handler is given at `at` of the message has passed the schema. */
  readonly follows?: { readonly schema: Source; readonly at: string };
  /** The first argument is a list of what is registered so, or one of them: `a0` is each in turn. */
  readonly each?: true;
}

export interface Decoration {
  readonly on: 'class' | 'method' | 'param' | 'field';
  /** The decorated method is a handler; on a class: the named method is (`process`), or any decorated method. */
  readonly entry?: EntryShape;
  readonly method?: string;
  readonly args?: readonly (Returns | null)[];
  /** The decorated method's body runs in this region. */
  readonly region?: RegionShape;
  /** The parameter or field receives a value of this type (`@InjectRepository(User)`). */
  readonly injects?: Returns;
  /** A field decorated so is part of the schema: read by src/schema, not here. */
  readonly schema?: true;
}

export interface Convention {
  /** Glob of the file path relative to its package. */
  readonly files: string;
  /** `*`: any; `actions.*`: each function of an exported map; `default.fetch`: that one. */
  readonly exports: readonly string[];
  /** Only where the first parameter is declared to be of this type. */
  readonly first?: string;
  /** Only in files with this directive (`use server`); then `exports` may be `*`. */
  readonly directive?: string;
  /** Only in files that import one of these names from a package of the library. */
  readonly imports?: readonly string[];
  readonly entry: EntryShape;
  readonly args?: readonly (Returns | null)[];
}
