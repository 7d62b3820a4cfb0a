import type { LibraryModel, Member, Operation } from '../vocabulary/model.ts';

/** Ten seconds to connect, and then as long as it takes. */
const call = (method: string, at: string, url: string): readonly Operation[] => {
  const effect = { kind: 'call', action: 'request', system: 'http', resource: url, method, deadline: null, deadlineOption: [`${at}.response_timeout`, `${at}.read_timeout`, `${at}.signal`], retries: 0 } as const;
  return [{ when: [{ at: 'last', kind: 'function' }], effect: { ...effect, immediate: true }, invokes: [{ fn: 'last', args: [null, 'result'], when: 'later' }] }, { effect }];
};
const verbs: Record<string, Member> = { get: call('#GET', 'a1', 'a0'), head: call('#HEAD', 'a1', 'a0'), post: call('#POST', 'a2', 'a0'), put: call('#PUT', 'a2', 'a0'), patch: call('#PATCH', 'a2', 'a0'), delete: call('#DELETE', 'a2', 'a0'), request: call('a0', 'a3', 'a1') };

export default {
  name: 'needle',
  packages: ['needle'],
  exports: { default: 'Needle', ...verbs, defaults: { pure: true } },
  types: { Needle: { call: call('a0', 'a3', 'a1'), members: { ...verbs, defaults: { pure: true } } } },
  source: '@types/needle 3.3',
  verified: 'types',
} satisfies LibraryModel;
