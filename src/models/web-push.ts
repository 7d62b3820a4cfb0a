import type { LibraryModel } from '../vocabulary/model.ts';


const send = { effect: { kind: 'send', system: 'push', resource: 'a0.endpoint', values: ['object', 'a1'], deadline: null, deadlineOption: 'a2.timeout', retries: 0 } } as const;
const members = { sendNotification: send, setVapidDetails: { pure: true }, setGCMAPIKey: { pure: true }, generateVAPIDKeys: { pure: true }, generateRequestDetails: { pure: true }, encrypt: { pure: true }, getVapidHeaders: { pure: true } } as const;

export default {
  name: 'web-push',
  packages: ['web-push'],
  source: 'web-push 3.6, @types/web-push',
  verified: 'types',
  exports: { ...members },
  types: {},
} satisfies LibraryModel;
