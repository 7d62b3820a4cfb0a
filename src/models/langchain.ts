import type { EffectShape, LibraryModel, Member, Operation } from '../vocabulary/model.ts';

/** What deadline the provider's client has is out of sight. It answers and changes nothing: a repeat costs once more. */
const infer: EffectShape = { kind: 'call', action: 'request', system: 'ai', method: '#POST', repeatable: true, durable: false, deadlineOption: ['a1.timeout', 'a1.signal', 'client.a0.timeout'], retryOption: 'client.a0.maxRetries' };
const embed: EffectShape = { ...infer, deadlineOption: 'client.a0.timeout' };
const rows = (names: string, member: Member): Record<string, Member> => Object.fromEntries(names.split(' ').map((name) => [name, member]));
const pure: Operation = { pure: true };

export default {
  name: 'langchain',
  packages: ['@langchain/openai', '@langchain/anthropic', '@langchain/google-genai', '@langchain/google-vertexai', '@langchain/aws', '@langchain/groq', '@langchain/mistralai', '@langchain/ollama', '@langchain/core', '@langchain/core/prompts', '@langchain/core/output_parsers', '@langchain/core/messages'],
  exports: {
    ...rows('ChatOpenAI AzureChatOpenAI ChatAnthropic ChatGoogleGenerativeAI ChatVertexAI ChatBedrockConverse ChatGroq ChatMistralAI ChatOllama', 'ChatModel'),
    ...rows('OpenAIEmbeddings AzureOpenAIEmbeddings GoogleGenerativeAIEmbeddings MistralAIEmbeddings OllamaEmbeddings BedrockEmbeddings', 'Embeddings'),
    ChatPromptTemplate: 'Prompt', PromptTemplate: 'Prompt', ...rows('StringOutputParser JsonOutputParser HumanMessage SystemMessage AIMessage', 'platform#Pure'),
  },
  types: {
    ChatModel: {
      aliases: ['ChatOpenAI', 'AzureChatOpenAI', 'ChatAnthropic', 'ChatGoogleGenerativeAI'], role: 'client', construct: { returns: { type: 'ChatModel', handle: 'new' } },
      members: { invoke: { effect: infer }, stream: { effect: infer }, batch: { effect: { ...infer, items: 'a0' } }, pipe: { returns: 'this' }, bindTools: { returns: 'this' }, withStructuredOutput: { returns: 'this' }, withConfig: { returns: 'this' }, withRetry: { returns: 'this' } },
    },
    Embeddings: { aliases: ['OpenAIEmbeddings'], role: 'client', construct: { returns: { type: 'Embeddings', handle: 'new' } }, members: { embedQuery: { effect: embed }, embedDocuments: { effect: { ...embed, items: 'a0' } } } },
    /** `prompt.pipe(model).pipe(parser)` asks the model. */
    Prompt: { statics: rows('fromMessages fromTemplate', { returns: { type: 'Prompt' } }), construct: { returns: { type: 'Prompt' } }, members: { pipe: { returns: 'a0' }, invoke: pure, format: pure, formatMessages: pure, partial: { returns: 'this' } } },
  },
  source: '@langchain/core 1.4, @langchain/openai 1.5',
  verified: 'types',
} satisfies LibraryModel;
