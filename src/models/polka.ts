import type { LibraryModel, Member, Operation } from '../vocabulary/model.ts';

const args = [{ type: 'express#Request' }, { type: 'express#Response' }, { type: 'express#NextFunction' }] as const;
const route = (method: string): Operation => ({ registers: [{ entry: { kind: 'http', ack: 'explicit', source: 'a0', method: `#${method}` }, fn: 'functions', args }], returns: 'this' });
const middleware: Operation = { registers: [{ entry: { kind: 'middleware' }, fn: 'functions', args }], returns: 'this' };
const pures = (names: string): Record<string, Member> => Object.fromEntries(names.split(' ').map((name) => [name, { pure: true } satisfies Operation]));
const created: Operation = { returns: { type: 'Server', handle: 'new' } };

/** Polka and restify: handlers as those of Express. */
export default {
  name: 'polka',
  packages: ['polka', 'restify'],
  exports: { default: created, createServer: created, plugins: 'platform#Pure' },
  types: {
    Server: {
      aliases: ['Polka', 'restify.Server', 'default.Server'],
      members: {
        get: route('GET'), head: route('HEAD'), post: route('POST'), put: route('PUT'), patch: route('PATCH'), del: route('DELETE'), delete: route('DELETE'), opts: route('OPTIONS'),
        use: middleware, pre: middleware, ...pures('on listen close handler'),
      },
    },
  },
  source: '@types/polka 0.5, @types/restify 8.5',
  verified: 'types',
} satisfies LibraryModel;
