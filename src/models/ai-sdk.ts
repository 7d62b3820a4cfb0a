import type { EffectShape, Invocation, LibraryModel, Member } from '../vocabulary/model.ts';

/** No deadline, two retries. It answers and changes nothing: a repeat costs once more. */
const infer: EffectShape = { kind: 'call', action: 'request', system: 'ai', method: '#POST', repeatable: true, durable: false, deadline: null, deadlineOption: 'a0.abortSignal', retries: 2, retryOption: 'a0.maxRetries' };
const text: EffectShape = { ...infer, deadlineOption: ['a0.abortSignal', 'a0.timeout'] };
const within: readonly Invocation[] = ['a0.onStepFinish', 'a0.prepareStep'].map((fn) => ({ fn }));
const after: readonly Invocation[] = ['a0.onFinish', 'a0.onError', 'a0.onChunk', 'a0.onStepFinish', 'a0.onAbort', 'a0.prepareStep', 'a0.experimental_transform'].map((fn) => ({ fn, when: 'later' }));
const rows = (names: string, member: Member): Record<string, Member> => Object.fromEntries(names.split(' ').map((name) => [name, member]));

export default {
  name: 'ai-sdk',
  packages: ['ai'],
  exports: {
    generateText: { effect: text, invokes: within },
    // What comes is read from the result, while the answer is being made.
    streamText: { effect: { ...text, immediate: true }, invokes: after }, streamObject: { effect: { ...infer, immediate: true }, invokes: after.filter(({ fn }) => fn === 'a0.onFinish' || fn === 'a0.onError') },
    ...rows('generateObject embed embedMany rerank generateImage experimental_transcribe transcribe experimental_generateSpeech generateSpeech', { effect: infer }),
    /** What the model calls it for, it does then. */
    tool: { invokes: [{ fn: 'a0.execute', args: [{ type: 'platform#RequestData' }], when: 'later' }], returns: 'a0' },
    createUIMessageStream: { invokes: [{ fn: 'a0.execute' }, { fn: 'a0.onFinish', when: 'later' }] },
    ...rows('convertToModelMessages stepCountIs jsonSchema zodSchema smoothStream createUIMessageStreamResponse wrapLanguageModel customProvider cosineSimilarity', { pure: true }), generateId: { yields: 'id' }, createIdGenerator: { pure: true },
  },
  types: {},
  source: 'ai 6 and 7: options and defaults as its declarations say',
  verified: 'types',
} satisfies LibraryModel;
