import type { EntryShape, LibraryModel, Operation } from '../vocabulary/model.ts';

const entry: EntryShape = { kind: 'queue', redelivers: true, identity: ['MessageId'], ack: 'return', source: 'a0.queueUrl' };

/** A message is deleted when the handler resolves. */
const create: Operation = {
  registers: [
    { entry, fn: 'a0.handleMessage', args: [{ type: 'Message' }] },
    { entry: { ...entry, batch: 'a0', sized: true }, fn: 'a0.handleMessageBatch', args: [{ type: 'Message', many: true }] },
  ],
  returns: { type: 'Consumer' },
};

export default {
  name: 'sqs-consumer',
  packages: ['sqs-consumer'],
  exports: { Consumer: 'Consumer' },
  types: {
    Consumer: {
      construct: create,
      statics: { create },
      members: { on: { registers: [{ entry: { kind: 'event', redelivers: false, source: 'a0' }, fn: 'a1' }], returns: 'this' } },
    },
    Message: { role: 'message' },
  },
  source: 'sqs-consumer@14.2.8',
  verified: 'types',
} satisfies LibraryModel;
