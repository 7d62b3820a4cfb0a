import type { EffectShape, LibraryModel, Member, Operation } from '../vocabulary/model.ts';

type Members = Readonly<Record<string, Member>>;

const key: EffectShape = { system: 'redis', criteria: ['key', 'a0'] };
const read: EffectShape = { ...key, kind: 'read', action: 'find' };
const write: EffectShape = { ...key, kind: 'write' };

const one: Operation = { effect: { ...read, cardinality: 'one' } };
const many: Operation = { effect: { ...read, cardinality: 'many' } };
const count: Operation = { effect: { ...read, action: 'count' } };
const exists: Operation = { effect: { ...read, action: 'exists' } };
const keysOf = (name: string, effect: EffectShape): readonly Operation[] => [
  { when: [{ at: 'a1', kind: 'present' }], effect: { ...effect, criteria: ['key', 'args'], items: 'args' } },
  { when: [{ at: 'a0', kind: 'array' }], effect: { ...effect, items: 'a0' } },
  { effect: { ...effect, batchCounterpart: name } },
];
const remove: EffectShape = { ...write, action: 'delete', affected: '', repeatable: true };
const expire: Operation = { effect: { ...write, action: 'expire', repeatable: true } };
const increment: Operation = { effect: { ...write, action: 'increment', atomic: true, repeatable: false } };
/** Pushes or adds members; a set keeps them unique, a list does not. */
const push: Operation = { effect: { ...write, action: 'append', values: ['key', 'a1'], atomic: true, repeatable: false, batchCounterpart: 'pipeline' } };
const add: Operation = { effect: { ...write, action: 'append', values: ['key', 'a1'], atomic: true, affected: '', repeatable: true, batchCounterpart: 'pipeline' } };
/** Takes an element away and returns it, in one step: whoever gets it, alone has it. */
const take: Operation = { effect: { ...write, action: 'delete', atomic: true, affected: '', cardinality: 'one', repeatable: false } };
const move: Operation = { effect: { ...write, action: 'move', atomic: true, affected: '', cardinality: 'one', repeatable: false } };
const removeMember: Operation = { effect: { ...write, action: 'update', atomic: true, values: ['key', 'a1'], affected: '', repeatable: true, batchCounterpart: 'pipeline' } };
const overwrite: EffectShape = { ...write, action: 'upsert', onConflict: 'update', repeatable: true };
const onlyNew: EffectShape = { ...write, action: 'insert', onConflict: 'ignore', conditional: true, affected: '', repeatable: true };
/** The whole key is new, so that it can serve as a lock. */
const newKey: EffectShape = { ...onlyNew, expiry: [] };
const onlyOld: EffectShape = { ...write, action: 'update', conditional: true, affected: '', repeatable: true };
const store: Operation = { effect: { ...write, action: 'replace', repeatable: true } };
/** A script runs alone in the store: what it reads and writes is one step. */
const script: EffectShape = { system: 'redis', kind: 'write', action: 'execute', atomic: true };

/** Commands by their lower-case name; arguments as Redis orders them, which all clients share up to the first values. */
export const redisCommands: Members = {
  get: { effect: { ...read, cardinality: 'one', batchCounterpart: 'mget' } },
  getex: one, getrange: one, substr: one, getbit: one, strlen: count, ttl: one, pttl: one, expiretime: one, pexpiretime: one, type: one, dump: one,
  mget: [{ when: [{ at: 'a1', kind: 'present' }], effect: { ...read, cardinality: 'many', criteria: ['key', 'args'], items: 'args' } }, { effect: { ...read, cardinality: 'many', items: 'a0' } }],
  exists,
  hget: { effect: { ...read, cardinality: 'one', batchCounterpart: 'pipeline' } },
  hmget: many, hgetall: { effect: { ...read, cardinality: 'one', batchCounterpart: 'pipeline' } }, hexists: exists, hkeys: many, hvals: many, hlen: count, hstrlen: count, hrandfield: one, hscan: many,
  lrange: many, lindex: one, llen: count, lpos: one,
  smembers: many, sismember: exists, smismember: exists, scard: count, srandmember: one, sscan: many, sinter: many, sunion: many, sdiff: many,
  zrange: many, zrangebyscore: many, zrangebylex: many, zrevrange: many, zrevrangebyscore: many, zscore: one, zmscore: many, zrank: one, zrevrank: one, zcard: count, zcount: count, zscan: many,
  bitcount: count, bitpos: one, pfcount: count, geopos: many, geodist: one, geosearch: many,
  keys: { effect: { kind: 'read', action: 'find', system: 'redis', cardinality: 'many' } },
  scan: { effect: { kind: 'read', action: 'find', system: 'redis', cardinality: 'many' } },
  dbsize: { effect: { kind: 'read', action: 'count', system: 'redis' } },

  // MSET takes no expiry.
  set: [
    { when: [{ at: 'a2', kind: 'absent' }], effect: { ...overwrite, values: ['key', 'a1'], batchCounterpart: 'mset' } },
    { effect: { ...overwrite, values: ['key', 'a1'], expiry: ['a3', 'a2.ex', 'a2.px', 'a2.EX', 'a2.PX', 'a2.expiration'], batchCounterpart: 'pipeline' } },
  ],
  setex: { effect: { ...overwrite, values: ['key', 'a2'], expiry: 'a1', batchCounterpart: 'pipeline' } },
  psetex: { effect: { ...overwrite, values: ['key', 'a2'], expiry: 'a1', batchCounterpart: 'pipeline' } },
  setnx: { effect: { ...newKey, values: ['key', 'a1'] } },
  getset: { effect: { ...overwrite, action: 'replace', values: ['key', 'a1'], atomic: true, cardinality: 'one' } },
  getdel: take,
  setrange: { effect: { ...write, action: 'update', values: ['key', 'a2'], repeatable: true } },
  setbit: { effect: { ...write, action: 'update', values: ['key', 'a2'], repeatable: true } },
  append: { effect: { ...write, action: 'append', values: ['key', 'a1'], atomic: true, repeatable: false } },
  mset: { effect: { ...overwrite, criteria: ['key', 'args'], items: 'a0' } },
  msetnx: { effect: { ...newKey, criteria: ['key', 'args'], items: 'a0' } },
  del: keysOf('del', remove),
  unlink: keysOf('unlink', remove),
  expire, pexpire: expire, expireat: expire, pexpireat: expire, persist: expire, touch: expire,
  rename: move, renamenx: { effect: { ...onlyNew, action: 'move' } }, copy: store,
  incr: increment, incrby: increment, incrbyfloat: increment, decr: increment, decrby: increment,
  hincrby: increment, hincrbyfloat: increment,
  hset: [
    { when: [{ at: 'a1', kind: 'object' }], effect: { ...write, action: 'upsert', values: ['object', 'a1'], scope: 'payload', repeatable: true, batchCounterpart: 'pipeline' } },
    { effect: { ...write, action: 'upsert', values: ['key', 'a2'], scope: 'payload', repeatable: true, batchCounterpart: 'pipeline' } },
  ],
  hmset: { effect: { ...write, action: 'upsert', values: ['object', 'a1'], scope: 'payload', repeatable: true, batchCounterpart: 'pipeline' } },
  hsetnx: { effect: { ...newKey, values: ['key', 'a2'] } },
  hdel: removeMember,
  hexpire: expire, hpexpire: expire, hexpireat: expire, hpersist: expire,
  lpush: push, rpush: push, lpushx: push, rpushx: push, linsert: push,
  lset: { effect: { ...write, action: 'update', values: ['key', 'a2'], repeatable: true } },
  lrem: { effect: { ...write, action: 'update', atomic: true, values: ['key', 'a2'], affected: '', repeatable: true } },
  ltrim: { effect: { ...write, action: 'update', atomic: true, repeatable: true } },
  lpop: take, rpop: take, blpop: take, brpop: take, lmpop: take, blmpop: take, spop: take, zpopmin: take, zpopmax: take, bzpopmin: take, bzpopmax: take,
  lmove: move, blmove: move, rpoplpush: move, brpoplpush: move, smove: move,
  sadd: add,
  srem: removeMember,
  sinterstore: store, sunionstore: store, sdiffstore: store, zinterstore: store, zunionstore: store, zdiffstore: store, zrangestore: store, geosearchstore: store,
  zadd: { effect: { ...write, action: 'upsert', values: ['key', 'a2'], atomic: true, affected: '', repeatable: true, batchCounterpart: 'pipeline' } },
  zincrby: increment,
  zrem: removeMember, zremrangebyscore: removeMember, zremrangebyrank: removeMember, zremrangebylex: removeMember,
  pfadd: add, geoadd: add,
  bitop: store,
  flushall: { effect: { kind: 'write', action: 'delete', system: 'redis', repeatable: true } },
  flushdb: { effect: { kind: 'write', action: 'delete', system: 'redis', repeatable: true } },

  eval: { effect: { ...script, criteria: ['key', 'a2'] } },
  evalsha: { effect: { ...script, criteria: ['key', 'a2'] } },
  fcall: { effect: { ...script, criteria: ['key', 'a2'] } },

  publish: { effect: { kind: 'publish', system: 'pubsub', resource: 'a0', values: ['key', 'a1'], delivery: 'at-most-once', durable: false } },
  spublish: { effect: { kind: 'publish', system: 'pubsub', resource: 'a0', values: ['key', 'a1'], delivery: 'at-most-once', durable: false } },
  xadd: { effect: { kind: 'publish', system: 'stream', resource: 'a0', delivery: 'at-least-once', durable: true } },
  xlen: { effect: { kind: 'read', action: 'count', system: 'stream', resource: 'a0' } },
  xrange: { effect: { kind: 'read', action: 'find', system: 'stream', resource: 'a0', cardinality: 'many' } },
  xrevrange: { effect: { kind: 'read', action: 'find', system: 'stream', resource: 'a0', cardinality: 'many' } },
  xread: { effect: { kind: 'read', action: 'stream', system: 'stream', cardinality: 'many' } },
  xreadgroup: { effect: { kind: 'read', action: 'stream', system: 'stream', cardinality: 'many' } },
  xpending: { effect: { kind: 'read', action: 'find', system: 'stream', resource: 'a0', cardinality: 'many' } },
  xack: { effect: { kind: 'ack', system: 'stream', resource: 'a0' } },
  xclaim: { effect: { kind: 'read', action: 'stream', system: 'stream', resource: 'a0', cardinality: 'many' } },
  xautoclaim: { effect: { kind: 'read', action: 'stream', system: 'stream', resource: 'a0', cardinality: 'many' } },
  xdel: { effect: { kind: 'write', action: 'delete', system: 'stream', resource: 'a0', repeatable: true } },
  xtrim: { effect: { kind: 'write', action: 'delete', system: 'stream', resource: 'a0', repeatable: true } },
};

/** Optimistic: what was read since holds until `exec`, or `exec` does nothing. */
export const redisWatch: Members = {
  watch: { transaction: { is: 'begin', handle: 'this', isolation: '#serializable' } },
  unwatch: { transaction: { is: 'rollback', handle: 'this' } },
};

/** Inside a pipeline or `multi` the same commands are steps. */
export function redisSteps(commands: Members): Members {
  return Object.fromEntries(
    Object.entries(commands).map(([name, member]): [string, Member] => {
      const operations = (Array.isArray(member) ? member : [member]) as readonly Operation[];
      const steps = operations.map((operation) => ({ ...operation, returns: 'this' as const }));
      return [name, steps.length === 1 ? steps[0] : steps];
    }),
  );
}

/** By the place of the other word. */
const EXPIRY: Readonly<Record<string, readonly string[]>> = { a4: ['a3'], a2: ['a4'], a3: ['a5'], a5: ['a3'] };

/** Options are positional words: `set(key, value, 'PX', 5000, 'NX')`. */
function withWord(word: readonly string[], effect: EffectShape): readonly Operation[] {
  return ['a4', 'a2', 'a3', 'a5'].map((at) => ({ when: [{ at, equals: word }], effect: { ...effect, values: ['key', 'a1'] as const, expiry: EXPIRY[at]! } }));
}

const commands: Members = {
  ...redisCommands,
  set: [...withWord(['NX', 'nx'], onlyNew), ...withWord(['XX', 'xx'], onlyOld), ...(redisCommands.set as readonly Operation[])],
  zadd: [
    { when: [{ at: 'a1', equals: ['NX', 'nx'] }], effect: { ...onlyNew, values: ['key', 'a3'] } },
    { when: [{ at: 'a1', equals: ['INCR', 'incr'] }], effect: { ...write, action: 'increment', atomic: true, repeatable: false } },
    redisCommands.zadd as Operation,
  ],
  getBuffer: redisCommands.get,
  hgetBuffer: redisCommands.hget,
  hgetallBuffer: redisCommands.hgetall,
  mgetBuffer: redisCommands.mget,
};

const listen = { kind: 'event', redelivers: false, ack: 'none', identity: [] } as const;

export default {
  name: 'ioredis',
  packages: ['ioredis'],
  exports: { default: 'Redis', Redis: 'Redis', Cluster: 'Cluster' },
  types: {
    Redis: {
      role: 'client',
      aliases: ['RedisCommander', 'IORedis.Redis', 'Redis.Redis'],
      construct: { opens: true, returns: { type: 'Redis', handle: 'new' } },
      statics: { Cluster: 'Cluster' },
      members: {
        ...commands,
        ...redisWatch,
        multi: { returns: { type: 'Multi' } },
        pipeline: { returns: { type: 'Pipeline' } },
        duplicate: { returns: { type: 'Redis' } },
        scanStream: { effect: { kind: 'read', action: 'stream', system: 'redis', cardinality: 'many' } },
        on: [
          { when: [{ at: 'a0', equals: ['message', 'messageBuffer', 'smessage'] }], registers: [{ entry: listen, fn: 'a1', message: 1 }], returns: 'this' },
          { when: [{ at: 'a0', equals: ['pmessage', 'pmessageBuffer'] }], registers: [{ entry: listen, fn: 'a1', message: 2 }], returns: 'this' },
          { returns: 'this' },
        ],
        subscribe: { pure: true }, psubscribe: { pure: true }, ssubscribe: { pure: true }, unsubscribe: { pure: true }, punsubscribe: { pure: true },
        connect: { pure: true }, disconnect: { closes: true, pure: true }, quit: { closes: true, pure: true }, ping: { pure: true },
        time: { yields: 'server-clock' },
      },
    },
    Cluster: { role: 'client', extends: ['Redis'], construct: { opens: true, returns: { type: 'Cluster', handle: 'new' } } },
    Pipeline: {
      aliases: ['ChainableCommander'],
      lazy: 'run',
      members: { ...redisSteps(commands), exec: { run: true, effect: { partialFailure: '[].0' } } },
    },
    Multi: {
      lazy: 'run',
      members: { ...redisSteps(commands), exec: { run: true, transaction: { is: 'commit', handle: 'this' } }, discard: { transaction: { is: 'rollback', handle: 'this' } } },
    },
  },
  source: 'ioredis@6.0.0 built/utils/RedisCommander.d.ts, built/Redis.d.ts',
  verified: 'types',
} satisfies LibraryModel;
