import type { LibraryModel } from '../vocabulary/model.ts';

// @nestjs/mongoose stands with mongoose, @nestjs/sequelize with sequelize and @mikro-orm/nestjs with MikroORM: their decorators share names.
export default {
  name: 'nestjs-orm',
  packages: ['@nestjs/typeorm', '@nestjs-cls/transactional'],
  exports: {
    InjectRepository: { decorates: { on: 'param', injects: { type: 'typeorm#Repository', resource: 'a0' } } },
    InjectDataSource: { decorates: { on: 'param', injects: { type: 'typeorm#DataSource' } } },
    InjectConnection: { decorates: { on: 'param', injects: { type: 'typeorm#DataSource' } } },
    InjectEntityManager: { decorates: { on: 'param', injects: { type: 'typeorm#EntityManager' } } },
    Transactional: [
      { when: [{ at: 'a2', kind: 'present' }], decorates: { on: 'method', region: { kind: 'transaction', value: 'a2.isolationLevel', ambient: true } } },
      { when: [{ at: 'a1', kind: 'object' }], decorates: { on: 'method', region: { kind: 'transaction', value: 'a1.isolationLevel', ambient: true } } },
      { decorates: { on: 'method', region: { kind: 'transaction', value: 'a0.isolationLevel', ambient: true } } },
    ],
  },
  types: {
    TransactionHost: {
      members: {
        withTransaction: [
          { when: [{ at: 'a2', kind: 'present' }], invokes: [{ fn: 'a2', region: { kind: 'transaction', value: 'a1.isolationLevel', ambient: true } }], returns: 'invoked' },
          { when: [{ at: 'a1', kind: 'present' }], invokes: [{ fn: 'a1', region: { kind: 'transaction', value: 'a0.isolationLevel', ambient: true } }], returns: 'invoked' },
          { invokes: [{ fn: 'a0', region: { kind: 'transaction', ambient: true } }], returns: 'invoked' },
        ],
        withoutTransaction: { invokes: [{ fn: 'a0' }], returns: 'invoked' },
        isTransactionActive: { pure: true },
      },
    },
  },
  source: '@nestjs/typeorm@12.0.2; @nestjs-cls/transactional@3.3.0',
  verified: 'types',
} satisfies LibraryModel;
