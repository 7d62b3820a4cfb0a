import type { EffectShape, LibraryModel, Member, Operation } from '../vocabulary/model.ts';
import { redisCommands, redisSteps, redisWatch } from './ioredis.ts';

type Members = Readonly<Record<string, Member>>;

/** Commands are camelCase here; their lower case is the command. */
const names = [
  'get', 'getEx', 'getRange', 'getBit', 'strLen', 'ttl', 'pTTL', 'expireTime', 'pExpireTime', 'type', 'dump', 'exists', 'hGet', 'hmGet', 'hGetAll', 'hExists', 'hKeys', 'hVals', 'hLen',
  'hStrLen', 'hRandField', 'hScan', 'lRange', 'lIndex', 'lLen', 'lPos', 'sMembers', 'sIsMember', 'smIsMember', 'sCard', 'sRandMember', 'sScan', 'sInter', 'sUnion', 'sDiff', 'zRange',
  'zRangeByScore', 'zRangeByLex', 'zScore', 'zmScore', 'zRank', 'zRevRank', 'zCard', 'zCount', 'zScan', 'bitCount', 'bitPos', 'pfCount', 'geoPos', 'geoDist', 'geoSearch', 'keys', 'scan',
  'dbSize', 'setEx', 'pSetEx', 'setNX', 'getSet', 'getDel', 'setRange', 'setBit', 'append', 'del', 'unlink', 'expire', 'pExpire', 'expireAt', 'pExpireAt', 'persist', 'touch', 'rename',
  'renameNX', 'copy', 'incr', 'incrBy', 'incrByFloat', 'decr', 'decrBy', 'hIncrBy', 'hIncrByFloat', 'hSet', 'hSetNX', 'hDel', 'hExpire', 'hpExpire', 'hExpireAt', 'hPersist', 'lPush',
  'rPush', 'lPushX', 'rPushX', 'lInsert', 'lSet', 'lRem', 'lTrim', 'lPop', 'rPop', 'blPop', 'brPop', 'lmPop', 'blmPop', 'sPop', 'zPopMin', 'zPopMax', 'bzPopMin', 'bzPopMax', 'lMove', 'blMove',
  'rPopLPush', 'brPopLPush', 'sMove', 'sAdd', 'sRem', 'sInterStore', 'sUnionStore', 'sDiffStore', 'zInterStore', 'zUnionStore', 'zDiffStore', 'zRangeStore', 'geoSearchStore', 'zIncrBy', 'zRem',
  'zRemRangeByScore', 'zRemRangeByRank', 'zRemRangeByLex', 'pfAdd', 'geoAdd', 'bitOp', 'flushAll', 'flushDb', 'publish', 'sPublish', 'xAdd', 'xLen', 'xRange', 'xRevRange', 'xPending', 'xAck',
  'xClaim', 'xAutoClaim', 'xDel', 'xTrim',
];

const write: EffectShape = { kind: 'write', system: 'redis', criteria: ['key', 'a0'] };
const onlyNew: Operation = { effect: { ...write, action: 'insert', values: ['key', 'a1'], onConflict: 'ignore', conditional: true, affected: '', repeatable: true, expiry: ['a2.EX', 'a2.PX', 'a2.EXAT', 'a2.PXAT', 'a2.expiration'] } };
const onlyOld: Operation = { effect: { ...write, action: 'update', values: ['key', 'a1'], conditional: true, affected: '', repeatable: true } };
const script: Operation = { effect: { kind: 'write', action: 'execute', system: 'redis', atomic: true, criteria: ['key', 'a1.keys'] } };
const stream: Operation = { effect: { kind: 'read', action: 'stream', system: 'stream', cardinality: 'many' } };
const scanning: Operation = { effect: { kind: 'read', action: 'find', system: 'redis', cardinality: 'many' } };

const own: Members = {
  set: [
    { when: [{ at: 'a2.NX', equals: true }], ...onlyNew },
    { when: [{ at: 'a2.condition', equals: 'NX' }], ...onlyNew },
    { when: [{ at: 'a2.XX', equals: true }], ...onlyOld },
    { when: [{ at: 'a2.condition', kind: 'present' }], ...onlyOld },
    ...(redisCommands.set as readonly Operation[]),
  ],
  mGet: { effect: { kind: 'read', action: 'find', system: 'redis', cardinality: 'many', criteria: ['key', 'a0'], items: 'a0' } },
  mSet: { effect: { ...write, action: 'upsert', onConflict: 'update', items: 'a0', repeatable: true } },
  mSetNX: { effect: { ...write, action: 'insert', onConflict: 'ignore', conditional: true, affected: '', items: 'a0', repeatable: true, expiry: [] } },
  zAdd: [
    { when: [{ at: 'a2.NX', equals: true }], effect: { ...write, action: 'insert', values: ['key', 'a1'], onConflict: 'ignore', conditional: true, affected: '', repeatable: true } },
    { effect: { ...write, action: 'upsert', values: ['key', 'a1'], atomic: true, affected: '', repeatable: true } },
  ],
  delEx: { effect: { ...write, action: 'delete', conditional: true, affected: '', repeatable: true } },
  eval: script,
  evalSha: script,
  fCall: script,
  xRead: stream,
  xReadGroup: stream,
};

const lower = Object.fromEntries(names.map((name): [string, Member] => [name, redisCommands[name.toLowerCase()]]));
const camel: Members = { ...lower, ...own };
/** The same under the command's own name: `client.GET`, `client.HSET`. */
const upper: Members = Object.fromEntries(Object.entries(camel).map(([name, member]) => [name.toUpperCase(), member]));
const commands: Members = { ...upper, ...camel };

const listen = (message: number): Operation => ({
  registers: [{ entry: { kind: 'event', redelivers: false, ack: 'none', identity: [], source: 'a0' }, fn: 'a1', message }],
});
const open: Operation = { opens: true, returns: { type: 'RedisClientType', handle: 'new' } };

export default {
  name: 'redis',
  packages: ['redis', '@redis/client'],
  exports: { createClient: open, createCluster: open, createClientPool: open, createSentinel: open },
  types: {
    RedisClientType: {
      role: 'client',
      aliases: ['RedisClient', 'RedisClusterType', 'RedisClientPoolType', 'RedisSentinelType', 'RedisCluster'],
      members: {
        ...commands,
        ...redisWatch,
        scanIterator: scanning, hScanIterator: scanning, sScanIterator: scanning, zScanIterator: scanning,
        multi: { returns: { type: 'Multi' } },
        MULTI: { returns: { type: 'Multi' } },
        executeIsolated: { invokes: [{ fn: 'a0', args: [{ type: 'RedisClientType', handle: 'new' }] }], returns: 'invoked' },
        execute: { invokes: [{ fn: 'a0', args: [{ type: 'RedisClientType', handle: 'new' }] }], returns: 'invoked' },
        subscribe: listen(0),
        pSubscribe: listen(0),
        sSubscribe: listen(0),
        duplicate: { returns: { type: 'RedisClientType' } },
        createPool: { returns: { type: 'RedisClientType' } },
        withCommandOptions: { returns: 'this' }, withAbortSignal: { returns: 'this' }, withTypeMapping: { returns: 'this' }, asap: { returns: 'this' },
        connect: { returns: 'this' }, on: { returns: 'this' },
        disconnect: { closes: true, pure: true }, quit: { closes: true, pure: true }, close: { closes: true, pure: true }, destroy: { closes: true, pure: true }, ping: { pure: true }, unsubscribe: { pure: true },
        time: { yields: 'server-clock' },
      },
    },
    Multi: {
      aliases: ['RedisClientMultiCommandType'],
      lazy: 'run',
      members: {
        ...redisSteps(commands),
        exec: { run: true, transaction: { is: 'commit', handle: 'this' } },
        EXEC: { run: true, transaction: { is: 'commit', handle: 'this' } },
        execTyped: { run: true, transaction: { is: 'commit', handle: 'this' } },
        execAsPipeline: { run: true },
      },
    },
  },
  source: '@redis/client@6.3.1 dist/lib/commands, dist/lib/client/index.d.ts',
  verified: 'types',
} satisfies LibraryModel;
