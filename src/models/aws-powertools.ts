import type { Invocation, LibraryModel, Operation } from '../vocabulary/model.ts';

const each = (concurrency: Invocation['concurrency']): Invocation => ({ fn: 'a1', args: ['a0.Records[]', 'a3.context'], times: 'per-item', over: 'a0.Records', concurrency: concurrency! });
/** Kept for five seconds, and asked for again after that. */
const asked = (batchCounterpart?: string): Operation => ({ effect: { kind: 'call', action: 'request', system: 'rpc', method: '#GET', resource: 'a0', retries: 2, ...(batchCounterpart !== undefined && { batchCounterpart }) }, returns: 'result' });
const processor = { construct: { returns: { type: 'BatchProcessor' } } } as const;

export default {
  name: 'aws-powertools',
  packages: [
    '@aws-lambda-powertools/batch', '@aws-lambda-powertools/idempotency', '@aws-lambda-powertools/idempotency/middleware', '@aws-lambda-powertools/idempotency/dynamodb',
    '@aws-lambda-powertools/parameters/ssm', '@aws-lambda-powertools/parameters/secrets',
  ],
  exports: {
    BatchProcessor: 'BatchProcessor',
    SqsFifoPartialProcessor: 'SequentialProcessor',
    SqsFifoPartialProcessorAsync: 'SequentialProcessor',
    // The answer names the records that failed: a thrown error of one does not redeliver the others.
    processPartialResponse: [
      { when: [{ at: 'a3.processInParallel', equals: false }], invokes: [each('sequential')] },
      { invokes: [each('unbounded')] },
    ],
    processPartialResponseSync: { invokes: [each('sequential')] },
    // The wrapped function is known only within the region: it is not passed through, or it would seem unprotected.
    makeIdempotent: { invokes: [{ fn: 'a0', region: { kind: 'idempotent' }, when: 'later' }] },
    idempotent: { decorates: { on: 'method', region: { kind: 'idempotent' } } },
    getParameter: asked('getParametersByName'), getParametersByName: asked(), getParameters: asked(), getSecret: asked(),
    SSMProvider: 'SSMProvider', SecretsProvider: 'SecretsProvider',
  },
  types: {
    BatchProcessor: processor,
    SSMProvider: { construct: { returns: { type: 'SSMProvider' } }, members: { get: asked('getParametersByName'), getParametersByName: asked(), getMultiple: asked() } },
    SecretsProvider: { construct: { returns: { type: 'SecretsProvider' } }, members: { get: asked() } },
    SequentialProcessor: { extends: ['BatchProcessor'], aliases: ['SqsFifoPartialProcessor', 'SqsFifoPartialProcessorAsync'], construct: { returns: { type: 'SequentialProcessor' } } },
  },
  source: '@aws-lambda-powertools/batch@2.35.0, @aws-lambda-powertools/idempotency@2.35.0, @aws-lambda-powertools/parameters@2.35.0',
  verified: 'types',
} satisfies LibraryModel;
