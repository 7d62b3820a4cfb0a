import type { EffectShape, LibraryModel, Operation } from '../vocabulary/model.ts';

/** A query or a mutation, as the document says: no verb is claimed. */
const effect = (resource: string | null, facets: EffectShape = {}): EffectShape => ({ kind: 'call', action: 'request', system: 'http', ...(resource === null ? {} : { resource }), deadlineOption: 'a0.signal', retries: 0, ...facets });
/** `request({ url, document, signal })` or `request(url, document)`, which takes no deadline. */
const inObject: Operation = { when: [{ at: 'a0', kind: 'object' }], effect: effect('a0.url', { deadline: null }) };
const free: readonly Operation[] = [inObject, { effect: effect('a0', { deadline: null, deadlineOption: 'a4' }) }];
const batch: readonly Operation[] = [inObject, { effect: effect('a0', { deadline: null }) }];
/** What the client was made with may end its requests: a signal, or a fetch of its own. */
const ofClient = ['client.a1.signal', 'client.a1.fetch'];
const bound: readonly Operation[] = [
  { when: [{ at: 'a0', kind: 'object' }], effect: effect(null, { deadline: null, deadlineOption: ['a0.signal', ...ofClient] }) },
  { effect: effect(null, { deadline: null, deadlineOption: ofClient }) },
];

export default {
  name: 'graphql-request',
  packages: ['graphql-request'],
  source: 'graphql-request 7.4',
  verified: 'types',
  exports: { request: free, rawRequest: free, batchRequests: batch, default: free, GraphQLClient: 'GraphQLClient', gql: { pure: true }, ClientError: { pure: true } },
  types: {
    GraphQLClient: {
      role: 'client',
      construct: { returns: { type: 'GraphQLClient', resource: 'a0', handle: 'new' } },
      members: { request: bound, rawRequest: bound, batchRequests: bound, setHeader: { returns: 'this' }, setHeaders: { returns: 'this' }, setEndpoint: { returns: 'this' } },
    },
  },
} satisfies LibraryModel;
