import type { LibraryModel, Operation } from '../vocabulary/model.ts';

const connection: Operation = { returns: { type: 'ioredis#Redis' } };

export default {
  name: 'nestjs-redis',
  packages: ['@liaoliaots/nestjs-redis'],
  exports: { RedisService: 'RedisService' },
  types: { RedisService: { members: { getOrThrow: connection, getOrNil: connection } } },
  source: '@liaoliaots/nestjs-redis@10.0.0',
  verified: 'types',
} satisfies LibraryModel;
