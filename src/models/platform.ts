import type { LibraryModel, Member, Operation, TypeShape } from '../vocabulary/model.ts';

const pure: Operation = { pure: true };
const pures = (names: string): Record<string, Member> => Object.fromEntries(names.split(' ').map((name) => [name, pure]));
const called = (...args: readonly string[]): Operation => ({ invokes: [{ fn: 'a0', args, when: 'later', region: { kind: 'background' } }] });
const background = called('a1', 'a2', 'a3');
const timed = called('a2', 'a3', 'a4');
const wallClock: Operation = { when: [{ at: 'a0', kind: 'absent' }], yields: 'clock', returns: { type: 'Date' } };
const listen: Operation = { registers: [{ entry: { kind: 'event', redelivers: false, source: 'a0' }, fn: 'a1' }], returns: 'this' };
const serve = (fn: string): Operation => ({ registers: [{ entry: { kind: 'http', ack: 'return' }, fn, args: [{ type: 'Request' }, null] }] });

/** Header names under which services look for a key that makes repeats harmless. */
const keys = ['Idempotency-Key', 'idempotency-key', 'X-Idempotency-Key', 'x-idempotency-key'].map((name) => `a1.headers.${name}`);

const fetch: Operation = {
  effect: {
    kind: 'call', action: 'request', system: 'http', resource: 'a0', method: 'a1.method',
    deadline: null, deadlineOption: 'a1.signal', deadlineIgnored: 'a1.timeout', retries: 0, idempotencyKey: keys,
  },
  returns: { type: 'Response' },
};

const timers: Record<string, Member> = {
  setTimeout: { ...timed, timer: 'a1' }, setInterval: { invokes: [{ fn: 'a0', args: ['a2', 'a3', 'a4'], when: 'later', region: { kind: 'background', everywhere: true } }] }, setImmediate: background, queueMicrotask: background,
  ...pures('clearTimeout clearInterval clearImmediate'),
};

const globals: Record<string, Member> = {
  ...timers,
  fetch,
  Date: 'DateConstructor',
  performance: 'Performance',
  process: 'Process',
  Math: 'Math',
  crypto: 'Crypto',
  Object: 'ObjectConstructor',
  JSON: 'JSON',
  console: 'Pure',
  Intl: 'Pure', Reflect: 'Pure', Atomics: 'Pure',
  Number: 'Pure', String: 'Pure', Boolean: 'Pure', Symbol: 'Pure', BigInt: 'Pure', RegExp: 'Pure',
  Error: 'Pure', TypeError: 'Pure', RangeError: 'Pure', SyntaxError: 'Pure', AggregateError: 'Pure',
  URL: 'Pure', URLSearchParams: 'Pure', Buffer: 'Buffer', TextEncoder: 'Pure', TextDecoder: 'Pure',
  Headers: 'Headers', Response: 'Response', Request: 'Request',
  AbortController: 'Pure', AbortSignal: 'Pure', FormData: 'FormData', Blob: 'Pure', File: 'Pure',
  structuredClone: pure,
  ...pures('parseInt parseFloat isNaN isFinite encodeURIComponent decodeURIComponent encodeURI decodeURI escape unescape btoa atob'),
  Deno: 'Deno',
  Bun: 'Bun',
};

const message: TypeShape = { role: 'message' };

export default {
  name: 'platform',
  packages: [
    'node:process', 'process', 'node:perf_hooks', 'perf_hooks', 'node:timers', 'timers', 'node:async_hooks', 'async_hooks',
    'node:path', 'path', 'node:util', 'util', 'node:url', 'url', 'node:os', 'os', 'node:buffer', 'buffer', 'node:querystring', 'querystring',
  ],
  source: 'ECMAScript and WHATWG specifications; @types/node 22; undici 7.30 (timeouts of fetch)',
  verified: 'types',
  globals: { ...globals, globalThis: 'GlobalThis', global: 'GlobalThis', self: 'GlobalThis' },
  exports: {
    ...timers,
    process: 'Process', performance: 'Performance', Buffer: 'Buffer', AsyncLocalStorage: 'AsyncLocalStorage', AsyncResource: 'AsyncResource',
    on: listen, once: listen, nextTick: background, hrtime: 'HighResolutionTime', uptime: { yields: 'monotonic' },
    promisify: { returns: 'a0' }, callbackify: { callsBack: 'a0' }, deprecate: { returns: 'a0' },
    URL: 'Pure', URLSearchParams: 'Pure', TextEncoder: 'Pure', TextDecoder: 'Pure', types: 'Pure', posix: 'Pure', win32: 'Pure',
    ...pures('join resolve normalize isAbsolute relative dirname basename extname format parse inspect isDeepStrictEqual stripVTControlCharacters fileURLToPath pathToFileURL stringify cwd hostname cpus platform tmpdir homedir'),
  },
  types: {
    GlobalThis: { members: globals },

    /** Nothing happens in it: everything it gives is derived from what it is given. */
    Pure: { call: pure, construct: pure, members: { '*': pure } },

    Date: { members: { '*': pure } },
    DateConstructor: {
      call: { yields: 'clock' },
      construct: [wallClock, { pure: true, returns: { type: 'Date' } }],
      members: { now: { yields: 'clock' }, parse: pure, UTC: pure },
    },
    Performance: { members: { now: { yields: 'monotonic' }, timeOrigin: 'Pure', mark: pure, measure: pure } },
    HighResolutionTime: { call: { yields: 'monotonic' }, members: { bigint: { yields: 'monotonic' } } },
    Process: {
      members: {
        hrtime: 'HighResolutionTime',
        uptime: { yields: 'monotonic' },
        nextTick: { invokes: [{ fn: 'a0', args: ['a1', 'a2', 'a3'], when: 'later', region: { kind: 'background' } }] },
        on: listen, once: listen, addListener: listen, prependListener: listen,
        ...pures('cwd memoryUsage cpuUsage emitWarning off removeListener removeAllListeners'),
      },
    },
    Math: { members: { random: { yields: 'random' }, '*': pure } },
    Crypto: { aliases: ['webcrypto'], members: { randomUUID: { yields: 'id' }, getRandomValues: { yields: 'random', returns: 'a0' }, subtle: 'Pure' } },
    JSON: { members: { parse: pure, stringify: pure } },
    ObjectConstructor: {
      call: { returns: 'a0' },
      members: {
        freeze: { returns: 'a0' }, seal: { returns: 'a0' }, preventExtensions: { returns: 'a0' },
        assign: { returns: 'a0', mutates: 'a0' }, defineProperty: { returns: 'a0', mutates: 'a0' }, defineProperties: { returns: 'a0', mutates: 'a0' },
        setPrototypeOf: { returns: 'a0', mutates: 'a0' },
        '*': pure,
      },
    },
    Buffer: { members: { '*': pure }, statics: { '*': pure } },

    Headers: { role: 'message', construct: { pure: true, returns: { type: 'Headers' } }, members: { '*': pure } },
    /** A request received: a handler's parameter. Made with `new`, it is one to send, and says nothing. */
    Request: {
      construct: pure,
      members: {
        json: { returns: { type: 'RequestData' } }, text: { returns: { type: 'RequestData' } }, formData: { returns: { type: 'RequestForm' } },
        arrayBuffer: { returns: { type: 'RequestData' } }, blob: { returns: { type: 'RequestData' } }, bytes: { returns: { type: 'RequestData' } },
        body: 'RequestData', url: 'RequestData', headers: 'Headers', clone: { returns: 'this' },
      },
    },
    RequestData: message,
    RequestForm: { role: 'message', members: { '*': pure } },
    /** As a server action is handed it. Made with `new`, it is one to send. */
    FormData: { role: 'message', construct: { pure: true, returns: { type: 'MadeForm' } }, members: { '*': pure } },
    MadeForm: { members: { '*': pure } },
    /** The answer to a fetch: its body is read as part of the call. */
    Response: {
      construct: { pure: true, returns: { type: 'Response' } },
      statics: { json: pure, redirect: pure, error: pure },
      members: { json: pure, text: pure, formData: pure, arrayBuffer: pure, blob: pure, bytes: pure, clone: { returns: 'this' }, headers: 'Headers' },
    },

    AsyncLocalStorage: {
      construct: { returns: { type: 'AsyncLocalStorage', handle: 'new' } },
      members: {
        run: { invokes: [{ fn: 'a1', args: ['a2', 'a3', 'a4'] }], returns: 'invoked' },
        exit: { invokes: [{ fn: 'a0', args: ['a1', 'a2', 'a3'] }], returns: 'invoked' },
      },
      statics: { bind: { returns: 'a0' }, snapshot: pure },
    },
    AsyncResource: {
      construct: { returns: { type: 'AsyncResource', handle: 'new' } },
      members: { runInAsyncScope: { invokes: [{ fn: 'a0', args: ['a2', 'a3', 'a4'] }], returns: 'invoked' }, bind: { returns: 'a0' } },
      statics: { bind: { returns: 'a0' } },
    },

    Deno: { members: { serve: [{ when: [{ at: 'a0', kind: 'function' }], ...serve('a0') }, { when: [{ at: 'a1', kind: 'function' }], ...serve('a1') }, serve('a0.handler')] } },
    Bun: { members: { serve: serve('a0.fetch'), nanoseconds: { yields: 'monotonic' }, randomUUIDv7: { yields: 'sortable-id' } } },
  },
} satisfies LibraryModel;
