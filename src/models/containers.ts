import type { LibraryModel, Operation, Provision, TypeShape } from '../vocabulary/model.ts';

const held: Operation = { resolves: 'a0' };
const pure: Operation = { pure: true };

const named = (as: Provision): Operation => ({ holds: { name: 'a0', value: 'a1', as }, returns: 'this' });
const bound = (as: Provision): Operation => ({ holds: { name: 'client.a0', value: 'a0', as }, returns: 'this' });
const registration = (type: string): Operation => ({ returns: { type, handle: 'new' } });
const kept: TypeShape['members'] = Object.fromEntries(['singleton', 'scoped', 'transient', 'proxy', 'classic', 'inject', 'disposer', 'setLifetime', 'setInjectionMode'].map((name) => [name, { returns: 'this' }]));

/** Containers: what is asked for by its class is what its constructor makes; what is asked for by a name, what the container was handed, or what the call says it is. */
export default {
  name: 'containers',
  packages: ['tsyringe', 'typedi', 'inversify', 'awilix', '@adonisjs/fold'],
  source: 'tsyringe@4.10.0, typedi@0.10.0, inversify@6.2.2, awilix@12.1.1, @adonisjs/fold@8.2.0',
  verified: 'types',
  exports: {
    container: 'Container', Container: 'Container', Ioc: 'Container', createContainer: { returns: { type: 'Container', handle: 'new' } },
    injectable: { decorates: { on: 'class' } }, singleton: { decorates: { on: 'class' } }, scoped: { decorates: { on: 'class' } }, Service: { decorates: { on: 'class' } },
    asClass: registration('ClassRegistration'), asFunction: registration('FactoryRegistration'), asValue: registration('ValueRegistration'),
  },
  types: {
    Container: {
      aliases: ['DependencyContainer', 'ContainerInstance', 'AwilixContainer', 'interfaces.Container', 'IocContract'],
      construct: { returns: { type: 'Container', handle: 'new' } },
      members: {
        resolve: held, get: held, getAsync: held, use: held, make: held,
        register: [
          { when: [{ at: 'a0', kind: 'object' }], holds: { value: 'a0' }, returns: 'this' },
          { when: [{ at: 'a1.useClass', kind: 'present' }], holds: { name: 'a0', value: 'a1.useClass', as: 'class' }, returns: 'this' },
          { when: [{ at: 'a1.useFactory', kind: 'present' }], holds: { name: 'a0', value: 'a1.useFactory', as: 'factory' }, returns: 'this' },
          { when: [{ at: 'a1.useValue', kind: 'present' }], holds: { name: 'a0', value: 'a1.useValue', as: 'value' }, returns: 'this' },
          named('value'),
        ],
        registerSingleton: named('class'), registerType: named('class'), registerInstance: named('value'), set: named('value'),
        bind: [{ when: [{ at: 'a1', kind: 'function' }], ...named('factory') }, { returns: { type: 'Binding', handle: 'new' } }], singleton: named('factory'),
        createChildContainer: { returns: 'this' }, createScope: { returns: 'this' }, has: pure, isBound: pure, isRegistered: pure, hasRegistration: pure, hasBinding: pure,
      },
      statics: { get: held, has: pure, set: named('value'), of: { returns: 'this' } },
    },
    /** `bind(name).to(Class)`. */
    Binding: { aliases: ['interfaces.BindingToSyntax', 'BindingToSyntax'], members: { to: bound('class'), toConstantValue: bound('value'), toDynamicValue: bound('factory'), inSingletonScope: { returns: 'this' }, inTransientScope: { returns: 'this' }, inRequestScope: { returns: 'this' } } },
    ClassRegistration: { provides: 'class', members: kept }, FactoryRegistration: { provides: 'factory', members: kept }, ValueRegistration: { provides: 'value' },
  },
} satisfies LibraryModel;
