import type { EffectShape, EntryShape, LibraryModel, Member, Operation, Registration } from '../vocabulary/model.ts';

const pure: Operation = { pure: true };
const args = [{ type: 'Context' }] as const;
const action: EntryShape = { kind: 'rpc', redelivers: false, ack: 'return' };
/** Told to whoever is there; nobody keeps it. */
const event: EntryShape = { kind: 'event', redelivers: false };
const schema: readonly Registration[] = [
  ...['a0.actions.*', 'a0.actions.*.handler'].map((fn): Registration => ({ entry: action, fn, args })), ...['a0.events.*', 'a0.events.*.handler'].map((fn): Registration => ({ entry: event, fn, args })),
];
/** For ever, unless the broker was made with a `requestTimeout`, so no lack of one is claimed. */
const call: EffectShape = { kind: 'call', action: 'request', system: 'rpc', resource: 'a0', deadlineOption: ['a2.timeout', 'client.a0.requestTimeout'], retryOption: 'a2.retries' };
const told: EffectShape = { kind: 'publish', system: 'bus', resource: 'a0', values: ['object', 'a1'], delivery: 'at-most-once', durable: false };
const says: Readonly<Record<string, Member>> = { call: { effect: call }, mcall: { effect: { kind: 'call', action: 'request', system: 'rpc', items: 'a0', deadlineOption: ['a1.timeout', 'client.a0.requestTimeout'] } }, emit: { effect: told }, broadcast: { effect: told } };

export default {
  name: 'moleculer',
  packages: ['moleculer'],
  exports: { ServiceBroker: 'ServiceBroker', Service: 'Service', Errors: 'platform#Pure' },
  types: {
    ServiceBroker: {
      role: 'client', aliases: ['default.ServiceBroker'],
      construct: { returns: { type: 'ServiceBroker', handle: 'new' } },
      members: { ...says, createService: { registers: schema, returns: { type: 'Service' } }, loadService: pure, loadServices: pure, start: pure, stop: pure, waitForServices: pure, broadcastLocal: { effect: told }, logger: 'platform#Pure' },
    },
    Service: { aliases: ['default.Service'], members: { broker: 'ServiceBroker', parseServiceSchema: { registers: schema }, logger: 'platform#Pure', waitForServices: pure } },
    Context: { aliases: ['default.Context'], members: { ...says, params: 'platform#RequestData', broker: 'ServiceBroker' } },
  },
  conventions: [
    { files: '**/*.service.{ts,mts,js,mjs,cjs}', exports: ['default.actions.*', 'default.actions.*.handler', '=.actions.*', '=.actions.*.handler'], entry: action, args },
    { files: '**/*.service.{ts,mts,js,mjs,cjs}', exports: ['default.events.*', 'default.events.*.handler', '=.events.*', '=.events.*.handler'], entry: event, args },
  ],
  source: 'moleculer 0.15',
  verified: 'types',
} satisfies LibraryModel;
