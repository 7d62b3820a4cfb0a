import type { LibraryModel, Member, Operation, Registration } from '../vocabulary/model.ts';

const pure: Operation = { pure: true };
const chained: Operation = { returns: 'this' };
const pures = (names: string, operation = pure): Record<string, Member> => Object.fromEntries(names.split(' ').map((name) => [name, operation]));

const args = [{ type: 'Request' }, { type: 'ResponseToolkit' }] as const;
const handler = (fn: string): Registration => ({ entry: { kind: 'http', ack: 'return', source: 'a0.path', method: 'a0.method' }, fn, args, each: true });
const before = (fn: string): Registration => ({ entry: { kind: 'middleware', source: 'a0.path' }, fn, args, each: true });
const create: Operation = { returns: { type: 'Server', handle: 'new' } };

export default {
  name: 'hapi',
  packages: ['@hapi/hapi', 'hapi'],
  source: '@hapi/hapi 21.4',
  verified: 'types',
  exports: { server: create, Server: 'Server' },
  types: {
    Server: {
      construct: create,
      members: {
        route: { registers: [...['a0.handler', 'a0.options.handler', 'a0.config.handler'].map(handler), ...['a0.options.pre.*.method', 'a0.options.pre.*'].map(before)] },
        ext: { registers: [{ entry: { kind: 'middleware', source: 'a0' }, fn: 'a1', args }] },
        register: { invokes: [{ fn: 'a0.register', args: ['this', 'a0.options'] }, { fn: 'a0.plugin.register', args: ['this', 'a0.options'] }] },
        method: { invokes: [{ fn: 'a1', when: 'later' }] },
        ...pures('auth start initialize stop decorate state table lookup log inject bind'),
      },
    },
    Request: {
      event: { kind: 'http', ack: 'return' },
      members: { payload: 'platform#RequestData', query: 'platform#RequestData', params: 'platform#RequestData', headers: 'platform#RequestData', state: 'platform#RequestData', server: 'Server', log: pure },
    },
    ResponseToolkit: { members: { response: { returns: { type: 'ResponseObject' } }, redirect: { returns: { type: 'ResponseObject' } }, ...pures('state unstate authenticated unauthenticated entity') } },
    ResponseObject: { members: pures('code header type created redirect takeover state unstate etag ttl vary location bytes charset message temporary permanent rewritable', chained) },
  },
} satisfies LibraryModel;
