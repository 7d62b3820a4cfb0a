import type { EffectShape, LibraryModel, Operation } from '../vocabulary/model.ts';

/** A query or a mutation, as the document says: no verb is claimed. */
const effect = (resource: string | null, facets: EffectShape = {}): EffectShape => ({ kind: 'call', action: 'request', system: 'http', ...(resource === null ? {} : { resource }), deadlineOption: 'a0.signal', retries: 0, ...facets });
const free: Operation = { effect: effect('a0', { deadline: null }) };
const bound: Operation = { effect: effect(null) };

export default {
  name: 'graphql-request',
  packages: ['graphql-request'],
  source: 'graphql-request 7.4',
  verified: 'types',
  exports: { request: free, rawRequest: free, batchRequests: free, default: free, GraphQLClient: 'GraphQLClient', gql: { pure: true }, ClientError: { pure: true } },
  types: {
    GraphQLClient: {
      role: 'client',
      construct: { returns: { type: 'GraphQLClient', resource: 'a0', handle: 'new' } },
      members: { request: bound, rawRequest: bound, batchRequests: bound, setHeader: { returns: 'this' }, setHeaders: { returns: 'this' }, setEndpoint: { returns: 'this' } },
    },
  },
} satisfies LibraryModel;
