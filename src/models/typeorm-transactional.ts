import type { LibraryModel } from '../vocabulary/model.ts';

export default {
  name: 'typeorm-transactional',
  packages: ['typeorm-transactional', 'typeorm-transactional-cls-hooked'],
  exports: {
    Transactional: { decorates: { on: 'method', region: { kind: 'transaction', value: 'a0.isolationLevel', ambient: true } } },
    runInTransaction: { invokes: [{ fn: 'a0', region: { kind: 'transaction', value: 'a1.isolationLevel', ambient: true } }], returns: 'invoked' },
    runOnTransactionCommit: { invokes: [{ fn: 'a0', when: 'after-commit' }] },
    runOnTransactionRollback: { invokes: [{ fn: 'a0', when: 'later' }] },
    runOnTransactionComplete: { invokes: [{ fn: 'a0', when: 'later' }] },
    addTransactionalDataSource: [
      { when: [{ at: 'a0.dataSource', kind: 'present' }], returns: 'a0.dataSource' },
      { returns: 'a0' },
    ],
    initializeTransactionalContext: { pure: true },
  },
  types: {},
  source: 'typeorm-transactional@0.5.0 dist/*.d.ts',
  verified: 'types',
} satisfies LibraryModel;
