import type { LibraryModel, Member, Operation, Registration } from '../vocabulary/model.ts';

const method = (name: string, verb: string, data: number | null): Registration => ({
  entry: { kind: 'http', ack: 'return', source: 'a0', method: `#${verb}` }, fn: `a1.${name}`,
  args: [0, 1, 2].map((at) => (at === data ? { type: 'platform#RequestData' } : null)), ...(data === null ? {} : { message: data }),
});
/** `app.use(path, service)`: what the service is called depends on its methods. */
const use: Operation = {
  registers: [method('find', 'GET', null), method('get', 'GET', null), method('create', 'POST', 0), method('update', 'PUT', 1), method('patch', 'PATCH', 1), method('remove', 'DELETE', null)],
  returns: 'this',
};
const made: Operation = { returns: { type: 'Application', handle: 'new' } };
const application: Record<string, Member> = { use, configure: { invokes: [{ fn: 'a0', args: ['this'] }], returns: 'this' }, hooks: { returns: 'this' }, listen: { pure: true }, setup: { pure: true } };

export default {
  name: 'feathers',
  packages: ['@feathersjs/feathers', '@feathersjs/express', '@feathersjs/koa'],
  exports: { feathers: made, koa: made, default: [{ when: [{ at: 'a0', kind: 'absent' }], ...made }, { returns: 'a0' }] },
  types: { Application: { members: application } },
  source: '@feathersjs/feathers 5',
  verified: 'types',
} satisfies LibraryModel;
