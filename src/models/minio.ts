import type { EffectShape, LibraryModel, Operation } from '../vocabulary/model.ts';

const object = { system: 'objects', resource: 'a0', criteria: ['key', 'a1'] } as const satisfies EffectShape;
const find = (action: 'find' | 'exists'): Operation => ({ effect: { ...object, kind: 'read', action, cardinality: 'one' }, returns: 'result' });
const write = (effect: EffectShape): Operation => ({ effect: { ...object, kind: 'write', repeatable: true, ...effect }, returns: 'result' });
const list: Operation = { effect: { kind: 'read', action: 'find', system: 'objects', resource: 'a0', cardinality: 'many' }, returns: 'result' };
const signed: Operation = { pure: true };

export default {
  name: 'minio',
  packages: ['minio'],
  exports: { Client: 'Client' },
  types: {
    Client: {
      role: 'client',
      aliases: ['Minio.Client'],
      construct: { returns: { type: 'Client', handle: 'new' } },
      members: {
        putObject: write({ action: 'replace', values: ['object', 'a2'] }),
        fPutObject: write({ action: 'replace' }),
        copyObject: [
          { when: [{ at: 'a0', kind: 'object' }], effect: { kind: 'write', action: 'replace', system: 'objects', repeatable: true }, returns: 'result' },
          write({ action: 'replace' }),
        ],
        removeObject: write({ action: 'delete', batchCounterpart: 'removeObjects' }),
        removeObjects: write({ action: 'delete', items: 'a1', partialFailure: '[].Error' }),
        getObject: find('find'),
        getPartialObject: find('find'),
        fGetObject: find('find'),
        statObject: find('exists'),
        listObjects: list,
        listObjectsV2: list,
        bucketExists: { effect: { kind: 'read', action: 'exists', system: 'objects', resource: 'a0' }, returns: 'result' },
        makeBucket: { effect: { kind: 'call', action: 'request', system: 'objects', resource: 'a0' }, returns: 'result' },
        presignedGetObject: signed,
        presignedPutObject: signed,
        presignedUrl: signed,
      },
    },
  },
  source: 'minio@8.0.7',
  verified: 'types',
} satisfies LibraryModel;
