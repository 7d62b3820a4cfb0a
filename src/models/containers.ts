import type { LibraryModel, Operation } from '../vocabulary/model.ts';

const held: Operation = { resolves: 'a0' };
const pure: Operation = { pure: true };

/** Containers: what is asked for by its class is what its constructor makes; what is asked for by a name, what the call says it is. */
export default {
  name: 'containers',
  packages: ['tsyringe', 'typedi', 'inversify', 'awilix'],
  source: 'tsyringe@4.10.0, typedi@0.10.0, inversify@6.2.2, awilix@12.1.1',
  verified: 'types',
  exports: {
    container: 'Container', Container: 'Container', createContainer: { returns: { type: 'Container', handle: 'new' } },
    injectable: { decorates: { on: 'class' } }, singleton: { decorates: { on: 'class' } }, scoped: { decorates: { on: 'class' } }, Service: { decorates: { on: 'class' } },
  },
  types: {
    Container: {
      aliases: ['DependencyContainer', 'ContainerInstance', 'AwilixContainer', 'interfaces.Container'],
      construct: { returns: { type: 'Container', handle: 'new' } },
      members: { resolve: held, get: held, getAsync: held, createChildContainer: { returns: 'this' }, createScope: { returns: 'this' }, has: pure, isBound: pure, isRegistered: pure, hasRegistration: pure },
      statics: { get: held, has: pure, of: { returns: 'this' } },
    },
  },
} satisfies LibraryModel;
