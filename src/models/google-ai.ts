import type { EffectShape, LibraryModel, Member } from '../vocabulary/model.ts';

/** It answers and changes nothing: a repeat costs once more. */
const infer = (facets: EffectShape): Member => ({ effect: { kind: 'call', action: 'request', system: 'ai', method: '#POST', repeatable: true, durable: false, deadline: null, ...facets } });
const rows = (names: string, member: Member): Record<string, Member> => Object.fromEntries(names.split(' ').map((name) => [name, member]));

const models = infer({ deadlineOption: ['a0.config.abortSignal', 'a0.config.httpOptions.timeout', 'client.a0.httpOptions.timeout'] });
const old = infer({ retries: 0, deadlineOption: ['a1.timeout', 'a1.signal', 'client.a1.timeout'] });

export default {
  name: 'google-ai',
  packages: ['@google/genai', '@google/generative-ai'],
  exports: { GoogleGenAI: 'GoogleGenAI', GoogleGenerativeAI: 'GoogleGenerativeAI' },
  types: {
    GoogleGenAI: {
      role: 'client', construct: { returns: { type: 'GoogleGenAI', handle: 'new' } },
      members: { models: 'Models', chats: { members: { create: { returns: { type: 'Chat' } } } }, files: 'Files', caches: 'Files', batches: 'Files' },
    },
    Models: { members: { ...rows('generateContent generateContentStream embedContent generateImages editImage upscaleImage countTokens computeTokens', models), generateVideos: infer({ repeatable: false, durable: true }), get: models, list: models } },
    Chat: { members: { sendMessage: models, sendMessageStream: models } },
    Files: { members: { '*': { effect: { kind: 'call', action: 'request', system: 'ai', deadline: null } } } },
    GoogleGenerativeAI: { role: 'client', construct: { returns: { type: 'GoogleGenerativeAI', handle: 'new' } }, members: { getGenerativeModel: { returns: { type: 'GenerativeModel', handle: 'new' } } } },
    // Options of the model stand beside it, where it was got.
    GenerativeModel: { role: 'client', members: { ...rows('generateContent generateContentStream embedContent batchEmbedContents countTokens', old), startChat: { returns: { type: 'ChatSession' } } } },
    ChatSession: { members: { sendMessage: old, sendMessageStream: old } },
  },
  source: '@google/genai 3.3, @google/generative-ai 0.24',
  verified: 'types',
} satisfies LibraryModel;
