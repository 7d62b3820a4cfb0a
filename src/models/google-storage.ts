import type { EffectShape, LibraryModel, Operation } from '../vocabulary/model.ts';

const find: Operation = { effect: { kind: 'read', action: 'find', system: 'objects', cardinality: 'one' }, returns: 'result' };
// Repeated by the client only under a precondition.
const write = (effect: EffectShape): Operation => ({ effect: { kind: 'write', system: 'objects', repeatable: true, retries: 3, ...effect }, returns: 'result' });
const precondition = (options: string): string => `${options}.preconditionOpts.ifGenerationMatch`;

export default {
  name: 'google-storage',
  packages: ['@google-cloud/storage', 'firebase-admin/storage'],
  exports: { Storage: 'Storage', getStorage: { returns: { type: 'Storage', handle: 'new' } } },
  types: {
    Storage: {
      role: 'client',
      construct: { returns: { type: 'Storage', handle: 'new' } },
      members: { bucket: { returns: { type: 'Bucket', resource: 'a0' } } },
    },
    Bucket: {
      members: {
        file: { returns: { type: 'File', resource: 'a0' } },
        upload: write({ action: 'replace', criteria: ['key', 'a1.destination'], conditional: precondition('a1') }),
        getFiles: { effect: { kind: 'read', action: 'find', system: 'objects', cardinality: 'many', rows: '0', limit: 'a0.maxResults' }, returns: 'result' },
        deleteFiles: write({ action: 'delete' }),
        exists: { effect: { kind: 'read', action: 'exists', system: 'objects', rows: '0' }, returns: 'result' },
      },
    },
    File: {
      members: {
        save: write({ action: 'replace', scope: 'whole', values: ['object', 'a0'], conditional: precondition('a1') }),
        createWriteStream: write({ action: 'replace', conditional: precondition('a0') }),
        delete: write({ action: 'delete', conditional: 'a0.ifGenerationMatch' }),
        copy: write({ action: 'replace', conditional: precondition('a1') }),
        move: write({ action: 'move', repeatable: false }),
        rename: write({ action: 'move', repeatable: false }),
        setMetadata: write({ action: 'update', scope: 'payload', values: ['object', 'a0'], conditional: 'a1.ifMetagenerationMatch' }),
        download: find,
        createReadStream: find,
        getMetadata: find,
        exists: { effect: { kind: 'read', action: 'exists', system: 'objects', rows: '0' }, returns: 'result' },
        getSignedUrl: { pure: true },
      },
    },
  },
  source: '@google-cloud/storage@7.22.0, firebase-admin@13.10.0',
  verified: 'types',
} satisfies LibraryModel;
