import type { LibraryModel, RegionShape, TypeShape } from '../vocabulary/model.ts';

/** `execute(({ signal }) => …)`. */
const policy = (events: string, region?: RegionShape): TypeShape => ({
  members: {
    execute: { invokes: [{ fn: 'a0', args: [null], ...(region === undefined ? {} : { region }), ...(region?.kind === 'retry' ? { times: 'retried' as const } : {}) }], returns: 'invoked' },
    ...Object.fromEntries(`onSuccess onFailure ${events}`.split(' ').map((name) => [name, { pure: true }])),
  },
});

export default {
  name: 'cockatiel',
  packages: ['cockatiel'],
  source: 'cockatiel 3.2 (maxAttempts Infinity and no pause unless given)',
  verified: 'types',
  exports: {
    retry: [
      { when: [{ at: 'a1.maxAttempts', kind: 'absent' }], returns: { type: 'EndlessRetryPolicy', handle: 'new' } },
      { returns: { type: 'RetryPolicy', handle: 'new' } },
    ],
    timeout: { returns: { type: 'TimeoutPolicy', handle: 'new' } },
    bulkhead: { returns: { type: 'BulkheadPolicy', handle: 'new' } },
    circuitBreaker: { returns: { type: 'Policy', handle: 'new' } }, fallback: { returns: { type: 'Policy', handle: 'new' } }, wrap: { returns: { type: 'Policy', handle: 'new' } }, noop: { returns: { type: 'Policy', handle: 'new' } },
    handleAll: { pure: true }, handleType: { pure: true }, handleWhen: { pure: true }, handleResultType: { pure: true }, handleWhenResult: { pure: true },
    ExponentialBackoff: { pure: true }, ConstantBackoff: { pure: true }, IterableBackoff: { pure: true }, DelegateBackoff: { pure: true },
    ConsecutiveBreaker: { pure: true }, SamplingBreaker: { pure: true }, CountBreaker: { pure: true },
  },
  types: {
    RetryPolicy: policy('onRetry onGiveUp dangerouslyUnref', { kind: 'retry', value: 'client.a1.maxAttempts', pause: 'client.a1.backoff', reruns: true }),
    EndlessRetryPolicy: policy('onRetry onGiveUp dangerouslyUnref', { kind: 'retry', value: '#Infinity', pause: 'client.a1.backoff', reruns: true }),
    TimeoutPolicy: policy('onTimeout dangerouslyUnref', { kind: 'timeout', value: 'this' }),
    BulkheadPolicy: policy('onReject', { kind: 'limit', value: 'this' }),
    /** A composition may retry; which, cannot be told from here. */
    Policy: { aliases: ['IPolicy', 'IMergedPolicy', 'CircuitBreakerPolicy', 'FallbackPolicy', 'NoopPolicy'], ...policy('onBreak onReset onHalfOpen isolate') },
  },
} satisfies LibraryModel;
