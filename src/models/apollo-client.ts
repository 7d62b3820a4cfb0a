import type { LibraryModel, Operation } from '../vocabulary/model.ts';

const pure: Operation = { pure: true };
/** A query or a mutation, as the document says: no verb is claimed. The link, which is made apart, may have a deadline and retries. */
const request: Operation = { effect: { kind: 'call', action: 'request', system: 'http', deadlineOption: ['a0.context.fetchOptions.signal', 'a0.context.fetchOptions.timeout'] } };

export default {
  name: 'apollo-client',
  packages: ['@apollo/client', '@apollo/client/core'],
  source: '@apollo/client 4.3',
  verified: 'types',
  exports: {
    ApolloClient: 'ApolloClient', InMemoryCache: pure, HttpLink: pure, ApolloLink: pure, createHttpLink: pure, from: pure, split: pure, concat: pure, gql: pure, makeVar: pure,
  },
  types: {
    ApolloClient: {
      role: 'client',
      construct: { returns: { type: 'ApolloClient', handle: 'new' } },
      members: { query: request, mutate: request, clearStore: pure, stop: pure, setLink: pure },
    },
  },
} satisfies LibraryModel;
