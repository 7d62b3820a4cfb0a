import type { EffectShape, LibraryModel, Member, Operation } from '../vocabulary/model.ts';
import { redisCommands, redisSteps } from './ioredis.ts';

type Members = Readonly<Record<string, Member>>;

const write: EffectShape = { kind: 'write', system: 'redis', criteria: ['key', 'a0'] };
const script: Operation = { effect: { kind: 'write', action: 'execute', system: 'redis', atomic: true, criteria: ['key', 'a1'] } };

/** Commands of Redis that this client does not have: it speaks HTTP, one request each. */
const absent = ['blpop', 'brpop', 'blmpop', 'bzpopmin', 'bzpopmax', 'blmove', 'rpoplpush', 'brpoplpush', 'spublish', 'substr', 'dump', 'expiretime', 'pexpiretime', 'zrangebyscore', 'zrangebylex', 'zrevrange', 'zrevrangebyscore', 'zrangestore', 'fcall'];
const has: Members = Object.fromEntries(Object.entries(redisCommands).filter(([name]) => !absent.includes(name)));

const commands: Members = {
  ...has,
  set: [
    { when: [{ at: 'a2.nx', equals: true }], effect: { ...write, action: 'insert', values: ['key', 'a1'], onConflict: 'ignore', conditional: true, affected: '', repeatable: true, expiry: ['a2.ex', 'a2.px', 'a2.exat', 'a2.pxat'] } },
    { when: [{ at: 'a2.xx', equals: true }], effect: { ...write, action: 'update', values: ['key', 'a1'], conditional: true, affected: '', repeatable: true } },
    ...(redisCommands.set as readonly Operation[]),
  ],
  zadd: [
    { when: [{ at: 'a1.nx', equals: true }], effect: { ...write, action: 'insert', values: ['key', 'a2'], onConflict: 'ignore', conditional: true, affected: '', repeatable: true } },
    { when: [{ at: 'a1.incr', equals: true }], effect: { ...write, action: 'increment', atomic: true, repeatable: false } },
    { effect: { ...write, action: 'upsert', values: ['key', 'a1'], atomic: true, affected: '', repeatable: true } },
  ],
  eval: script,
  evalsha: script,
};

/** One HTTP request each, as long as it takes. */
const timed = (members: Members): Members => Object.fromEntries(Object.entries(members).map(([name, member]) => {
  const of = (operation: Operation): Operation => (operation.effect === undefined ? operation : { ...operation, effect: { ...operation.effect, deadline: null, deadlineOption: 'client.a0.signal' } });
  return [name, Array.isArray(member) ? (member as readonly Operation[]).map(of) : typeof member === 'object' && !('members' in member) ? of(member as Operation) : member];
}));

const scripts: Members = {
  createScript: { returns: { type: 'Script' } },
};

export default {
  name: 'upstash-redis',
  packages: ['@upstash/redis', '@upstash/redis/*', '@vercel/kv'],
  exports: { Redis: 'Redis', kv: 'Redis', default: 'Redis', createClient: { returns: { type: 'Redis', handle: 'new' } } },
  types: {
    Redis: {
      role: 'client',
      aliases: ['VercelKV'],
      construct: { returns: { type: 'Redis', handle: 'new' } },
      statics: { fromEnv: { returns: { type: 'Redis', handle: 'new' } } },
      members: {
        ...timed(commands),
        ...scripts,
        multi: { returns: { type: 'Pipeline' } },
        pipeline: { returns: { type: 'Pipeline' } },
        time: { yields: 'server-clock' },
        ping: { pure: true },
      },
    },
    Pipeline: { lazy: 'run', members: { ...redisSteps(commands), exec: [{ when: [{ at: 'a0.keepErrors', equals: true }], run: true, effect: { partialFailure: '[].error' } }, { run: true }] } },
    Script: {
      members: {
        exec: { effect: { kind: 'write', action: 'execute', system: 'redis', atomic: true, criteria: ['key', 'a0'] } },
        eval: { effect: { kind: 'write', action: 'execute', system: 'redis', atomic: true, criteria: ['key', 'a0'] } },
        evalsha: { effect: { kind: 'write', action: 'execute', system: 'redis', atomic: true, criteria: ['key', 'a0'] } },
      },
    },
  },
  source: '@upstash/redis@1.39.0 d.ts and nodejs.js (retries 5), @vercel/kv@3.0.0',
  verified: 'types',
} satisfies LibraryModel;
