import type { EffectShape, LibraryModel, Member, Operation } from '../vocabulary/model.ts';

/** Whoever makes the client chooses its middleware, and with it attempts and deadlines: neither is claimed. */
const common: EffectShape = { system: 'http', action: 'request' };
const call = (method: string, facets: EffectShape = {}): Operation => ({ run: true, effect: { ...common, kind: 'call', method: `#${method}`, ...facets } });
const step: Operation = { returns: 'this' };
const rows = (names: string, member: Member): Record<string, Member> => Object.fromEntries(names.split(' ').map((name) => [name, member]));
const client: Operation = { returns: { type: 'Client', handle: 'new' } };

export default {
  name: 'microsoft-graph',
  packages: ['@microsoft/microsoft-graph-client'],
  exports: { Client: 'Client' },
  types: {
    Client: { role: 'client', statics: { init: client, initWithMiddleware: client }, members: { api: { effect: { resource: 'a0' }, returns: { type: 'GraphRequest' } } } },
    GraphRequest: {
      lazy: 'run',
      members: {
        ...rows('header headers option options middlewareOptions version responseType select expand orderby filter search top skip skipToken count query', step),
        get: call('GET'), getStream: call('GET'), post: call('POST'), create: call('POST'), put: call('PUT'), putStream: call('PUT'), patch: call('PATCH', { repeatable: true }), update: call('PATCH', { repeatable: true }), delete: call('DELETE'), del: call('DELETE'),
      },
    },
  },
  source: '@microsoft/microsoft-graph-client 3.0 (RetryHandlerOptions)',
  verified: 'types',
} satisfies LibraryModel;
