import type { EffectShape, LibraryModel, Member, Operation, System } from '../vocabulary/model.ts';

const pure: Operation = { pure: true };
/** Counts in one step, in the store that the class names; `process`: each process counts by itself. */
const count = (system: System): EffectShape => ({ kind: 'write', action: 'increment', system, atomic: true, weight: 'cache', throttles: true, criteria: ['key', 'a0'] });
const limiter = (system: System): Record<string, Member> => ({
  consume: { effect: count(system) }, penalty: { effect: count(system) }, reward: { effect: count(system) }, block: { effect: { ...count(system), action: 'upsert', repeatable: true } },
  get: { effect: { kind: 'read', action: 'find', system, weight: 'cache', criteria: ['key', 'a0'] } }, set: { effect: { ...count(system), action: 'upsert', repeatable: true } }, delete: { effect: { ...count(system), action: 'delete', repeatable: true } },
});
/** Until there are as many tokens. */
const waits: Operation = { timer: 'a0', pure: true };
const make = (type: string): Operation => ({ returns: { type, handle: 'new' } });
const middleware: Operation = { returns: { type: 'Middleware', handle: 'new' } };
const local: Operation = { returns: { type: 'LocalMiddleware', handle: 'new' } };

export default {
  name: 'rate-limit',
  packages: ['express-rate-limit', 'rate-limiter-flexible', '@upstash/ratelimit', '@nestjs/throttler', 'hono-rate-limiter', 'koa-ratelimit', 'limiter', 'express-slow-down'],
  // `limiter` as often holds back calls of others.
  limits: ['express-rate-limit', 'rate-limiter-flexible', '@upstash/ratelimit', 'hono-rate-limiter', 'koa-ratelimit', 'express-slow-down'],
  limitsUnseen: ['@nestjs/throttler'],
  source: 'express-rate-limit 8.7, rate-limiter-flexible 11.4, @upstash/ratelimit 2.2, @nestjs/throttler 6.7',
  verified: 'types',
  exports: {
    // express-rate-limit: in the memory of the process unless a store is given
    ...Object.fromEntries(['default', 'rateLimit', 'rateLimiter', 'slowDown'].map((name) => [name, [
      { when: [{ at: 'a0', kind: 'absent' }], ...local }, { when: [{ at: 'a0.store', kind: 'absent' }, { at: 'a0.db', kind: 'absent' }], ...local }, middleware,
    ] satisfies Operation[]])),
    ipKeyGenerator: pure, MemoryStore: pure,
    // rate-limiter-flexible
    RateLimiterMemory: 'Local', RateLimiterCluster: 'Local', BurstyRateLimiter: 'Shared', RateLimiterUnion: 'Shared', RLWrapperBlackAndWhite: 'Shared', RateLimiterQueue: 'Queue',
    RateLimiterRedis: 'Redis', RateLimiterValkey: 'Redis', RateLimiterRedisNonAtomic: 'Redis', RateLimiterPostgres: 'Sql', RateLimiterMySQL: 'Sql', RateLimiterSQLite: 'Sql', RateLimiterPrisma: 'Sql', RateLimiterDrizzle: 'Sql', RateLimiterMongo: 'Mongo', RateLimiterDynamo: 'Dynamo', RateLimiterMemcache: 'Shared',
    // @upstash/ratelimit
    Ratelimit: 'Upstash', MultiRegionRatelimit: 'Upstash',
    // @nestjs/throttler
    Throttle: [{ decorates: { on: 'method' } }, { decorates: { on: 'class' } }], SkipThrottle: [{ decorates: { on: 'method' } }, { decorates: { on: 'class' } }], ThrottlerGuard: 'platform#Pure',
    // limiter
    RateLimiter: 'TokenBucket', TokenBucket: 'TokenBucket',
  },
  types: {
    Middleware: { aliases: ['RateLimitRequestHandler'], throttles: true, call: pure, members: { resetKey: pure, getKey: pure } },
    LocalMiddleware: { throttles: true, call: pure, members: { resetKey: pure, getKey: pure } },
    Local: { aliases: ['RateLimiterMemory', 'RateLimiterCluster'], construct: make('Local'), members: limiter('process') },
    Redis: { aliases: ['RateLimiterRedis', 'RateLimiterValkey'], construct: make('Redis'), members: limiter('redis') },
    Sql: { aliases: ['RateLimiterPostgres', 'RateLimiterMySQL', 'RateLimiterPrisma'], construct: make('Sql'), members: limiter('sql') },
    Mongo: { aliases: ['RateLimiterMongo'], construct: make('Mongo'), members: limiter('mongo') },
    Dynamo: { aliases: ['RateLimiterDynamo'], construct: make('Dynamo'), members: limiter('dynamo') },
    Shared: { aliases: ['RateLimiterAbstract', 'RateLimiterUnion', 'BurstyRateLimiter'], construct: make('Shared'), members: limiter('store') },
    Queue: { aliases: ['RateLimiterQueue'], construct: make('Queue'), members: { removeTokens: waits, getTokensRemaining: pure } },
    Upstash: {
      construct: make('Upstash'),
      members: { limit: { effect: { ...count('redis'), deadline: 5000 } }, blockUntilReady: { effect: count('redis') }, getRemaining: { effect: { kind: 'read', action: 'find', system: 'redis', weight: 'cache', criteria: ['key', 'a0'] } }, resetUsedTokens: { effect: { ...count('redis'), action: 'delete', repeatable: true } } },
      statics: { slidingWindow: pure, fixedWindow: pure, tokenBucket: pure, cachedFixedWindow: pure },
    },
    TokenBucket: { aliases: ['RateLimiter'], construct: make('TokenBucket'), members: { removeTokens: waits, tryRemoveTokens: pure, getTokensRemaining: pure } },
  },
} satisfies LibraryModel;
