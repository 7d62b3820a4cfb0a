import type { Decoration, LibraryModel, Member } from '../vocabulary/model.ts';

const resolves = (method: string): Member => ({ decorates: { on: 'method', entry: { kind: 'http', ack: 'return', method } } });
const given: Member = { decorates: { on: 'param', injects: { type: 'platform#RequestData' } } };
const mark = (on: Decoration['on']): Member => ({ decorates: { on } });

/** A client may send a mutation again, as any request. */
export default {
  name: 'graphql-decorators',
  packages: ['@nestjs/graphql', 'type-graphql'],
  source: '@nestjs/graphql 13 and type-graphql 2: decorators of resolvers',
  verified: 'types',
  exports: {
    Query: resolves('#GET'), Mutation: resolves('#POST'), ResolveField: resolves('#GET'), FieldResolver: resolves('#GET'),
    Resolver: mark('class'), ObjectType: mark('class'), InputType: mark('class'), ArgsType: mark('class'), Field: mark('field'),
    Args: given, Arg: given,
  },
  types: {},
} satisfies LibraryModel;
