import type { LibraryModel, Operation, TypeShape } from '../vocabulary/model.ts';

const pure: Operation = { pure: true };
/** An emitter waits for no listener: the next chunk comes as soon as there is one. */
const listen: readonly Operation[] = [
  { when: [{ at: 'a0', equals: 'data' }], effect: { kind: 'read', action: 'stream', system: 'process', immediate: true, pushes: 'a1' }, registers: [{ entry: { kind: 'stream', redelivers: false, ack: 'none', ordered: true }, fn: 'a1' }], returns: 'this' },
  { invokes: [{ fn: 'a1', when: 'later' }], returns: 'this' },
];
const paces: Operation = { paces: 'this', returns: 'this' };
const stream: TypeShape = {
  construct: { returns: { type: 'Stream', handle: 'new' } },
  members: { on: listen, addListener: listen, once: { invokes: [{ fn: 'a1', when: 'later' }], returns: 'this' }, pause: paces, resume: pure, pipe: { returns: 'a0' }, destroy: pure, end: pure, push: pure, write: pure, setEncoding: { returns: 'this' } },
  statics: { from: { returns: { type: 'Stream', handle: 'new' } } },
};

export default {
  name: 'node-stream',
  packages: ['node:stream', 'stream', 'readable-stream'],
  exports: { Readable: 'Stream', Transform: 'Stream', Duplex: 'Stream', PassThrough: 'Stream', Stream: 'Stream' },
  types: { Stream: { aliases: ['Readable', 'Transform', 'Duplex', 'PassThrough'], ...stream } },
  source: '@types/node 22',
  verified: 'types',
} satisfies LibraryModel;
