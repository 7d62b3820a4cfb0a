import type { EffectShape, LibraryModel, Member } from '../vocabulary/model.ts';

/** Ten minutes; two retries. */
const common: EffectShape = { kind: 'call', action: 'request', system: 'ai', deadline: 600_000, deadlineOption: ['last.timeout', 'last.signal', 'client.a0.timeout'], retries: 2, retryOption: ['last.maxRetries', 'client.a0.maxRetries'] };
/** Answers and changes nothing: a repeat costs once more. */
const infer: Member = { effect: { ...common, method: '#POST', repeatable: true, durable: false } };
const create: Member = { effect: { ...common, method: '#POST' } };
const set: Member = { effect: { ...common, method: '#POST', repeatable: true } };
const read: Member = { effect: { ...common, method: '#GET' } };
const rows = (names: string, member: Member): Record<string, Member> => Object.fromEntries(names.split(' ').map((name) => [name, member]));

export default {
  name: 'anthropic',
  packages: ['@anthropic-ai/sdk', '@anthropic-ai/bedrock-sdk', '@anthropic-ai/vertex-sdk'],
  source: '@anthropic-ai/sdk 1.13 (timeout 600000, maxRetries 2)',
  verified: 'types',
  exports: { default: 'Anthropic', Anthropic: 'Anthropic', AnthropicBedrock: 'Anthropic', AnthropicVertex: 'Anthropic', APIError: 'platform#Pure' },
  types: {
    Anthropic: { aliases: ['default', 'AnthropicBedrock', 'AnthropicVertex'], role: 'client', construct: { returns: { type: 'Anthropic', handle: 'new' } }, members: { messages: 'Messages', completions: 'Messages', models: 'Models', beta: 'Beta', withOptions: { returns: 'this' } } },
    Beta: { members: { messages: 'Messages', models: 'Models', files: 'Files' } },
    Messages: { members: { ...rows('create stream countTokens toolRunner parse', infer), batches: 'Batches' } },
    Batches: { members: { create, ...rows('retrieve list results', read), ...rows('cancel delete', set) } },
    Models: { members: rows('list retrieve', read) },
    Files: { members: { upload: create, ...rows('list download retrieveMetadata', read), delete: set } },
  },
} satisfies LibraryModel;
