import type { EffectShape, LibraryModel, Member, Operation } from '../vocabulary/model.ts';

const request = (method: string): Operation => ({ effect: { kind: 'call', action: 'request', system: 'http', resource: 'a0', method, deadline: null, retries: 0 } satisfies EffectShape, returns: { type: 'Request' } });
const methods: Record<string, Member> = {
  get: request('#GET'), head: request('#HEAD'), options: request('#OPTIONS'), post: request('#POST'), put: request('#PUT'), patch: request('#PATCH'), delete: request('#DELETE'), del: request('#DELETE'),
};
const chained: Operation = { returns: 'this' };

export default {
  name: 'superagent',
  packages: ['superagent'],
  source: 'superagent 10.4, @types/superagent',
  verified: 'types',
  exports: { ...methods, default: 'SuperAgent', agent: { returns: { type: 'SuperAgent', handle: 'new' } } },
  types: {
    SuperAgent: { aliases: ['SuperAgentStatic', 'default.SuperAgentStatic'], role: 'client', call: request('a0'), members: { ...methods, agent: { returns: { type: 'SuperAgent', handle: 'new' } } } },
    /** Sent when awaited, or with `end`. */
    Request: {
      aliases: ['SuperAgentRequest', 'default.SuperAgentRequest'],
      lazy: 'await',
      members: {
        timeout: { effect: { deadlineOption: 'a0' }, returns: 'this' },
        /** Any method, POST too, without a pause. */
        retry: { effect: { retryOption: 'a0' }, returns: 'this' },
        end: { run: true, invokes: [{ fn: 'a0', when: 'later' }] },
        ...Object.fromEntries(['send', 'set', 'query', 'type', 'accept', 'auth', 'attach', 'field', 'redirects', 'responseType', 'buffer', 'parse', 'ok', 'use', 'agent', 'withCredentials', 'ca', 'cert', 'key', 'on', 'disableTLSCerts', 'maxResponseSize', 'serialize', 'sortQuery', 'http2'].map((name) => [name, chained])),
      },
    },
  },
} satisfies LibraryModel;
