import type { EffectShape, LibraryModel, Member } from '../vocabulary/model.ts';

/** Ten minutes; two retries. */
const common: EffectShape = { kind: 'call', action: 'request', system: 'ai', deadline: 600_000, deadlineOption: ['last.timeout', 'last.signal', 'client.a0.timeout'], retries: 2, retryOption: ['last.maxRetries', 'client.a0.maxRetries'] };
/** Answers and changes nothing: a repeat costs once more. */
const infer: Member = { effect: { ...common, method: '#POST', repeatable: true, durable: false } };
const create: Member = { effect: { ...common, method: '#POST' } };
const set: Member = { effect: { ...common, method: '#POST', repeatable: true } };
const read: Member = { effect: { ...common, method: '#GET' } };
const rows = (names: string, member: Member): Record<string, Member> => Object.fromEntries(names.split(' ').map((name) => [name, member]));

const resource: Record<string, Member> = { create, ...rows('retrieve list content listFiles listEvents', read), ...rows('update delete del cancel modify', set), ...rows('createAndPoll createAndRun createAndRunPoll createAndStream uploadAndPoll upload generate edit createVariation submitToolOutputs', create), poll: read };

export default {
  name: 'openai',
  packages: ['openai', 'openai/*'],
  source: 'openai 6.49 (timeout 600000, maxRetries 2)',
  verified: 'types',
  exports: { default: 'OpenAI', OpenAI: 'OpenAI', AzureOpenAI: 'OpenAI', toFile: { pure: true }, APIError: 'platform#Pure' },
  types: {
    OpenAI: {
      aliases: ['default', 'AzureOpenAI', 'default.OpenAI'], role: 'client',
      construct: { returns: { type: 'OpenAI', handle: 'new' } },
      members: {
        chat: { members: { completions: 'Inference' } }, completions: 'Inference', responses: 'Inference', embeddings: { members: { create: { effect: { ...common, method: '#POST', repeatable: true, items: 'a0.input', maxItems: 2_048 } } } }, moderations: 'Inference', images: 'Inference',
        audio: { members: { transcriptions: 'Inference', translations: 'Inference', speech: 'Inference' } },
        beta: 'Beta',
        ...rows('files batches uploads vectorStores conversations containers evals videos fineTuning', 'Resource'), models: 'Resource',
        webhooks: 'Webhooks', withOptions: { returns: 'this' },
      },
    },
    Inference: { resource: 'member', members: { ...rows('create stream parse generate edit createVariation runTools compact', infer), ...rows('retrieve list', read), ...rows('delete cancel update', set) } },
    Beta: { members: { chat: { members: { completions: 'Inference' } }, '*': 'Resource' } },
    Resource: { resource: 'member', members: { ...resource, ...rows('files fileBatches messages runs steps items jobs checkpoints parts', 'Resource') } },
    Webhooks: { members: { unwrap: { effect: { kind: 'verify' }, returns: { type: 'Event' } }, verifySignature: { effect: { kind: 'verify' } } } },
    Event: { role: 'message', aliases: ['UnwrapWebhookEvent'], event: { kind: 'webhook', redelivers: true, identity: ['id'] } },
  },
} satisfies LibraryModel;
