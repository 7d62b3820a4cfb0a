import type { LibraryModel, Member, Operation, Registration } from '../vocabulary/model.ts';

const pure: Operation = { pure: true };

/** `(parent, args, context)`: the arguments come from the client, who may send a mutation again, as any request. */
const args = [null, { type: 'platform#RequestData' }, null] as const;
const resolver = (fn: string, method: string, message = 1): Registration => ({
  entry: { kind: 'http', ack: 'return', method: `#${method}` }, fn, message,
  args: [...Array(message - 1).fill(null) as null[], ...args],
  hands: { held: 'context', as: message + 1 },
});
/** A map of resolvers by type and field, or a list of such maps. */
const mapped = (at: string): readonly Registration[] => [
  resolver(`${at}.Mutation.*`, 'POST'), resolver(`${at}.Mutation.*.resolve`, 'POST'), resolver(`${at}.Query.*`, 'GET'), resolver(`${at}.Query.*.resolve`, 'GET'),
];
/** What makes the context of each request: handed to all resolvers. */
const context = (at: string): Operation => ({ holds: { name: '#context', value: at, as: 'factory' } });
const schema: Operation = { registers: mapped('a0.resolvers') };

/** Fields of a root type, written in code: `t.field(name, { resolve })`, `t.field({ resolve })`. */
const field = (method: string): Operation => ({ registers: [resolver('a0.resolve', method), resolver('a1.resolve', method)], returns: 'a0' });
const fields = (at: string, type: string): Operation => ({ invokes: [{ fn: at, args: [{ type }] }] });
const block = (method: string, name: string): Record<string, Member> => ({
  field: field(method), nonNull: name, list: name, nullable: name,
  // Plugins of Pothos hand the query in before the rest.
  prismaField: { registers: [resolver('a0.resolve', method, 2)], returns: 'a0' }, drizzleField: { registers: [resolver('a0.resolve', method, 2)], returns: 'a0' },
  fieldWithInput: field(method), boolean: field(method), string: field(method), int: field(method), id: field(method),
});

export default {
  name: 'graphql-resolvers',
  packages: [
    '@apollo/server', 'apollo-server', 'apollo-server-express', 'apollo-server-core', 'apollo-server-koa', 'apollo-server-fastify', 'apollo-server-lambda', 'apollo-server-micro',
    '@apollo/server/express4', '@apollo/server/standalone', '@as-integrations/express4', '@as-integrations/express5', '@as-integrations/next', '@as-integrations/aws-lambda', '@as-integrations/fastify', '@as-integrations/koa', '@apollo/subgraph', '@graphql-tools/schema', '@graphql-tools/merge', 'graphql-tools', 'graphql-yoga', 'graphql', 'nexus', '@pothos/core',
  ],
  source: '@apollo/server 5.5, apollo-server 3.13, @graphql-tools/schema 11.0, graphql-yoga 5.24, graphql 16, nexus 1.3, @pothos/core 4.15',
  verified: 'types',
  exports: {
    ApolloServer: 'ApolloServer', makeExecutableSchema: schema, addResolversToSchema: schema, createSchema: schema,
    expressMiddleware: context('a1.context'), startStandaloneServer: context('a1.context'), startServerAndCreateNextHandler: context('a1.context'), startServerAndCreateLambdaHandler: context('a2.context'),
    fastifyApolloHandler: context('a1.context'), koaMiddleware: context('a1.context'), createYoga: context('a0.context'),
    buildSubgraphSchema: { registers: [...mapped('a0.resolvers')] },
    mergeResolvers: { returns: 'a0' },
    GraphQLObjectType: 'GraphQLObjectType', GraphQLError: 'platform#Pure', gql: pure,
    // nexus
    mutationField: field('POST'), queryField: field('GET'),
    extendType: [{ when: [{ at: 'a0.type', equals: 'Mutation' }], ...fields('a0.definition', 'MutationBlock') }, { when: [{ at: 'a0.type', equals: 'Query' }], ...fields('a0.definition', 'QueryBlock') }, pure],
    mutationType: fields('a0.definition', 'MutationBlock'), queryType: fields('a0.definition', 'QueryBlock'),
    // @pothos/core
    default: 'SchemaBuilder',
  },
  types: {
    ApolloServer: { construct: [
      { when: [{ at: 'a0.context', kind: 'present' }], ...context('a0.context'), registers: mapped('a0.resolvers'), returns: { type: 'ApolloServer', handle: 'new' } },
      { registers: mapped('a0.resolvers'), returns: { type: 'ApolloServer', handle: 'new' } },
    ] },
    GraphQLObjectType: {
      construct: [
        { when: [{ at: 'a0.name', equals: ['Mutation', 'RootMutation', 'RootMutationType', 'MutationType'] }], registers: [resolver('a0.fields.*.resolve', 'POST')], returns: { type: 'GraphQLObjectType' } },
        { when: [{ at: 'a0.name', equals: ['Query', 'RootQuery', 'RootQueryType', 'QueryType'] }], registers: [resolver('a0.fields.*.resolve', 'GET')], returns: { type: 'GraphQLObjectType' } },
        { returns: { type: 'GraphQLObjectType' } },
      ],
    },
    MutationBlock: { members: block('POST', 'MutationBlock') },
    QueryBlock: { members: block('GET', 'QueryBlock') },
    SchemaBuilder: {
      construct: { returns: { type: 'SchemaBuilder', handle: 'new' } },
      members: {
        mutationField: { invokes: [{ fn: 'a1', args: [{ type: 'MutationBlock' }] }] }, queryField: { invokes: [{ fn: 'a1', args: [{ type: 'QueryBlock' }] }] },
        mutationFields: { invokes: [{ fn: 'a0', args: [{ type: 'MutationBlock' }] }] }, queryFields: { invokes: [{ fn: 'a0', args: [{ type: 'QueryBlock' }] }] },
        mutationType: { invokes: [{ fn: 'a0.fields', args: [{ type: 'MutationBlock' }] }] }, queryType: { invokes: [{ fn: 'a0.fields', args: [{ type: 'QueryBlock' }] }] },
        relayMutationField: { registers: [resolver('a2.resolve', 'POST')] },
      },
    },
  },
} satisfies LibraryModel;
