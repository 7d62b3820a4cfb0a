import type { EffectShape, LibraryModel, Operation } from '../vocabulary/model.ts';

const pure: Operation = { pure: true };
/** `(request, [metadata], [options], callback)`: no deadline but the options'. */
const call: EffectShape = { kind: 'call', action: 'request', system: 'rpc', deadline: null, deadlineOption: ['a1.deadline', 'a2.deadline'], retries: 0 };
const unary: Operation = { effect: call, invokes: [{ fn: 'last', args: [null, null], when: 'later' }], returns: { type: 'Call' } };
const generated: Operation = { effect: { ...call, deadlineOption: ['a4.deadline', 'a5.deadline'] }, invokes: [{ fn: 'last', args: [null, null], when: 'later' }], returns: { type: 'Call' } };

export default {
  name: 'grpc',
  packages: ['@grpc/grpc-js'],
  source: '@grpc/grpc-js 1.14',
  verified: 'types',
  exports: {
    Client: 'Client', Server: 'Server', Metadata: 'platform#Pure', credentials: 'platform#Pure', ChannelCredentials: 'platform#Pure', ServerCredentials: 'platform#Pure',
    makeGenericClientConstructor: { returns: { type: 'Client' } }, makeClientConstructor: { returns: { type: 'Client' } }, loadPackageDefinition: { returns: { type: 'GrpcObject' } }, status: 'platform#Pure',
  },
  types: {
    /** Generated clients extend it; their methods are the service's. */
    Client: {
      aliases: ['ServiceClient'],
      role: 'client',
      construct: { opens: true, returns: { type: 'Client', handle: 'new' } },
      members: {
        makeUnaryRequest: generated, makeServerStreamRequest: generated, makeClientStreamRequest: { ...generated, effect: { ...call, deadlineOption: ['a3.deadline', 'a4.deadline'] } }, makeBidiStreamRequest: { ...generated, effect: { ...call, deadlineOption: ['a3.deadline', 'a4.deadline'] } },
        close: pure, getChannel: pure, waitForReady: { invokes: [{ fn: 'a1', when: 'later' }] },
        '*': unary,
      },
    },
    /** What was loaded from a proto file: packages, and at their ends client constructors. */
    GrpcObject: { construct: { opens: true, returns: { type: 'Client', handle: 'new' } }, members: { '*': 'GrpcObject' } },
    Call: { aliases: ['ClientUnaryCall', 'ClientReadableStream', 'ClientDuplexStream', 'ClientWritableStream'], members: { on: { invokes: [{ fn: 'a1', when: 'later' }], returns: 'this' }, cancel: pure, write: pure, end: pure } },
    Server: {
      construct: { returns: { type: 'Server', handle: 'new' } },
      members: {
        /** The implementation's functions are handlers: `(call, callback)`. */
        addService: { registers: [{ entry: { kind: 'rpc', redelivers: false, ack: 'explicit' }, fn: 'a1.*', args: [{ type: 'ServerCall' }, null] }] },
        bindAsync: { invokes: [{ fn: 'last', when: 'later' }] }, start: pure, tryShutdown: { invokes: [{ fn: 'a0', when: 'later' }] }, forceShutdown: pure,
      },
    },
    ServerCall: {
      aliases: ['ServerUnaryCall', 'ServerReadableStream', 'ServerWritableStream', 'ServerDuplexStream'],
      event: { kind: 'rpc', redelivers: false, ack: 'explicit' },
      members: { request: 'platform#RequestData', metadata: 'platform#Headers', on: { invokes: [{ fn: 'a1', when: 'later' }], returns: 'this' }, write: pure, end: pure, getPeer: pure },
    },
    handleUnaryCall: { handler: { kind: 'rpc', redelivers: false, ack: 'explicit' } },
  },
} satisfies LibraryModel;
