import type { EffectShape, LibraryModel, Member, Operation } from '../vocabulary/model.ts';

const pure: Operation = { pure: true };
const each = (names: string, operation: Operation): Record<string, Member> => Object.fromEntries(names.split(' ').map((name) => [name, operation]));

/** Whoever is connected gets it, once, or not at all. */
const told: EffectShape = { kind: 'publish', system: 'bus', durable: false, delivery: 'at-most-once', weight: 'telemetry', immediate: true };
const emit: Operation = { effect: { ...told, resource: 'a0', values: ['object', 'a1'] } };
/** `io.on('connection', (socket) => …)` */
const connected = (type: string): readonly Operation[] => [
  { when: [{ at: 'a0', equals: ['connection', 'connect'] }], invokes: [{ fn: 'a1', args: [{ type, handle: 'new' }, null] }], returns: 'this' },
  { invokes: [{ fn: 'a1', when: 'later' }], returns: 'this' },
];
const rooms = each('to in except volatile local compress timeout', { returns: { type: 'Emitter' } });
const asks: Operation = { effect: { kind: 'call', action: 'request', system: 'rpc', resource: 'a0' } };

/** A client that is connected again does not send again what it sent before, unless it was told to. */
const heard: Operation = { registers: [{ entry: { kind: 'event', redelivers: false, source: 'a0' }, fn: 'last', args: [{ type: 'platform#RequestData' }, { type: 'platform#RequestData' }, { type: 'platform#RequestData' }] }], returns: 'this' };

export default {
  name: 'socket-io',
  packages: ['socket.io', 'ws'],
  source: 'socket.io 4.8, @types/ws 8.18',
  verified: 'types',
  exports: { Server: 'Server', WebSocketServer: 'WebSocketServer', WebSocket: 'WebSocket', default: 'WebSocket' },
  types: {
    Server: {
      aliases: ['Namespace', 'SocketIOServer'],
      construct: { returns: { type: 'Server', handle: 'new' } },
      members: {
        on: connected('Socket'), ...rooms, of: { returns: 'this' }, emit, send: emit,
        use: { registers: [{ entry: { kind: 'middleware' }, fn: 'a0', args: [{ type: 'Socket' }, null] }], returns: 'this' },
        ...each('close listen attach bind adapter engine socketsJoin socketsLeave disconnectSockets', pure), serverSideEmit: emit,
      },
    },
    Emitter: { aliases: ['BroadcastOperator'], members: { emit, send: emit, emitWithAck: asks, ...rooms, ...each('socketsJoin socketsLeave disconnectSockets', pure) } },
    Socket: {
      members: {
        on: heard, once: heard, emit, send: emit, emitWithAck: asks, broadcast: 'Emitter', ...rooms,
        handshake: 'platform#RequestData', ...each('join leave disconnect off removeListener removeAllListeners', pure), use: { invokes: [{ fn: 'a0', when: 'later' }], returns: 'this' },
      },
    },

    WebSocketServer: {
      aliases: ['WebSocket.Server', 'default.Server', 'default.WebSocketServer'],
      construct: { returns: { type: 'WebSocketServer', handle: 'new' } },
      members: { on: connected('WebSocket'), ...each('close handleUpgrade emit', pure) },
    },
    WebSocket: {
      aliases: ['default', 'default.WebSocket'],
      construct: { opens: true, returns: { type: 'WebSocket', handle: 'new' } },
      statics: { Server: 'WebSocketServer' },
      members: {
        on: [
          { when: [{ at: 'a0', equals: 'message' }], registers: [{ entry: { kind: 'event', redelivers: false }, fn: 'a1', args: [{ type: 'platform#RequestData' }, null] }], returns: 'this' },
          { invokes: [{ fn: 'a1', when: 'later' }], returns: 'this' },
        ],
        once: { invokes: [{ fn: 'a1', when: 'later' }], returns: 'this' },
        send: { effect: { ...told, values: ['object', 'a0'] } }, ping: pure, pong: pure, close: { closes: true, pure: true }, terminate: { closes: true, pure: true },
      },
    },
  },
} satisfies LibraryModel;
