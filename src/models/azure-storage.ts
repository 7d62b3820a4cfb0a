import type { EffectShape, LibraryModel, Operation } from '../vocabulary/model.ts';

const objects = { system: 'objects' } as const satisfies EffectShape;
const find: Operation = { effect: { ...objects, kind: 'read', action: 'find', cardinality: 'one' }, returns: 'result' };
const exists: Operation = { effect: { ...objects, kind: 'read', action: 'exists' }, returns: 'result' };
const remove = (conditional: string): Operation => ({ effect: { ...objects, kind: 'write', action: 'delete', repeatable: true, conditional }, returns: 'result' });
const store = (options: string): Operation => ({
  effect: { ...objects, kind: 'write', action: 'replace', scope: 'whole', values: ['object', 'a0'], repeatable: true, conditional: `${options}.conditions` },
  returns: 'result',
});
const client = (type: string): Operation => ({ returns: { type, handle: 'new' } });
const blob = (type: string): Operation => ({ returns: { type, resource: 'a0' } });
const list: Operation = { effect: { ...objects, kind: 'read', action: 'find', cardinality: 'many' }, returns: 'result' };

export default {
  name: 'azure-storage',
  packages: ['@azure/storage-queue', '@azure/storage-blob'],
  exports: { QueueServiceClient: 'QueueServiceClient', QueueClient: 'QueueClient', BlobServiceClient: 'BlobServiceClient', ContainerClient: 'ContainerClient', BlockBlobClient: 'BlockBlobClient' },
  types: {
    QueueServiceClient: {
      role: 'client',
      construct: client('QueueServiceClient'),
      statics: { fromConnectionString: client('QueueServiceClient') },
      members: { getQueueClient: { returns: { type: 'QueueClient', resource: 'a0' } } },
    },
    QueueClient: {
      role: 'client',
      construct: { returns: { type: 'QueueClient', handle: 'new', resource: 'a1' } },
      members: {
        sendMessage: { effect: { kind: 'publish', system: 'queue', values: ['object', 'a0'], delivery: 'at-least-once', durable: true }, returns: 'result' },
        receiveMessages: { effect: { kind: 'read', action: 'find', system: 'queue', cardinality: 'many', rows: 'receivedMessageItems', limit: 'a0.numberOfMessages' }, returns: 'result' },
        peekMessages: { effect: { kind: 'read', action: 'find', system: 'queue', cardinality: 'many', rows: 'peekedMessageItems', limit: 'a0.numberOfMessages' }, returns: 'result' },
        deleteMessage: { effect: { kind: 'ack', system: 'queue', criteria: ['key', 'a0'], repeatable: true }, returns: 'result' },
        updateMessage: { effect: { kind: 'call', action: 'request', system: 'queue' }, returns: 'result' },
        clearMessages: { effect: { kind: 'write', action: 'delete', system: 'queue', repeatable: true }, returns: 'result' },
        createIfNotExists: { effect: { kind: 'call', action: 'request', system: 'queue', repeatable: true }, returns: 'result' },
      },
    },
    BlobServiceClient: {
      role: 'client',
      construct: client('BlobServiceClient'),
      statics: { fromConnectionString: client('BlobServiceClient') },
      members: { getContainerClient: { returns: { type: 'ContainerClient', resource: 'a0' } } },
    },
    ContainerClient: {
      role: 'client',
      construct: { returns: { type: 'ContainerClient', handle: 'new', resource: 'a1' } },
      members: {
        getBlobClient: blob('BlobClient'),
        getBlockBlobClient: blob('BlockBlobClient'),
        getAppendBlobClient: blob('AppendBlobClient'),
        uploadBlockBlob: {
          effect: { ...objects, kind: 'write', action: 'replace', criteria: ['key', 'a0'], values: ['object', 'a1'], repeatable: true, conditional: 'a3.conditions' },
          returns: 'result',
        },
        deleteBlob: { effect: { ...objects, kind: 'write', action: 'delete', criteria: ['key', 'a0'], repeatable: true, conditional: 'a1.conditions' }, returns: 'result' },
        listBlobsFlat: list,
        listBlobsByHierarchy: list,
        exists,
        createIfNotExists: { effect: { kind: 'call', action: 'request', system: 'objects', repeatable: true }, returns: 'result' },
      },
    },
    BlobClient: {
      members: {
        download: find,
        downloadToBuffer: find,
        downloadToFile: find,
        getProperties: find,
        exists,
        delete: remove('a0.conditions'),
        deleteIfExists: remove('a0.conditions'),
        getBlockBlobClient: { returns: { type: 'BlockBlobClient' } },
        generateSasUrl: { pure: true },
      },
    },
    BlockBlobClient: {
      extends: ['BlobClient'],
      construct: client('BlockBlobClient'),
      members: { upload: store('a2'), uploadData: store('a1'), uploadFile: store('a1'), uploadStream: store('a3'), syncUploadFromURL: store('a1') },
    },
    AppendBlobClient: {
      extends: ['BlobClient'],
      members: { appendBlock: { effect: { ...objects, kind: 'write', action: 'append', values: ['object', 'a0'], conditional: 'a2.conditions' }, returns: 'result' } },
    },
  },
  source: '@azure/storage-queue@12.30.0, @azure/storage-blob@12.32.0',
  verified: 'types',
} satisfies LibraryModel;
