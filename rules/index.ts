import type { Rule } from '../src/rule/index.ts';
import noAckBeforeProcessing from './no-ack-before-processing.ts';
import noCheckThenAct from './no-check-then-act.ts';
import noClaimWithoutLease from './no-claim-without-lease.ts';
import noClientPerRequest from './no-client-per-request.ts';
import noDualWrite from './no-dual-write.ts';
import noEffectOutsideStep from './no-effect-outside-step.ts';
import noMutableMessagePayload from './no-mutable-message-payload.ts';
import noOffsetScanUnderMutation from './no-offset-scan-under-mutation.ts';
import noOrderDependentConsumer from './no-order-dependent-consumer.ts';
import noProcessLocalState from './no-process-local-state.ts';
import noReadModifyWrite from './no-read-modify-write.ts';
import noRetryAmplification from './no-retry-amplification.ts';
import noRpcInLoop from './no-rpc-in-loop.ts';
import noSideEffectInTransaction from './no-side-effect-in-transaction.ts';
import noSwallowedConsumerError from './no-swallowed-consumer-error.ts';
import noTimestampOrdering from './no-timestamp-ordering.ts';
import noTransactionEscape from './no-transaction-escape.ts';
import noUnawaitedEffect from './no-unawaited-effect.ts';
import noUnboundedBatch from './no-unbounded-batch.ts';
import noUnboundedConcurrency from './no-unbounded-concurrency.ts';
import noUnboundedRetry from './no-unbounded-retry.ts';
import noUnsafeLock from './no-unsafe-lock.ts';
import noUnsafeOutboxRelay from './no-unsafe-outbox-relay.ts';
import requireIdempotencyKey from './require-idempotency-key.ts';
import requireIdempotentConsumer from './require-idempotent-consumer.ts';
import requireIdempotentHandler from './require-idempotent-handler.ts';
import requireInboundThrottling from './require-inbound-throttling.ts';
import requireOutboundThrottling from './require-outbound-throttling.ts';
import requirePartialFailureCheck from './require-partial-failure-check.ts';
import requireRetryBackoff from './require-retry-backoff.ts';
import requireRpcTimeout from './require-rpc-timeout.ts';
import requireShardSortedBatch from './require-shard-sorted-batch.ts';
import requireStableOrder from './require-stable-order.ts';

export default [
  noAckBeforeProcessing, noCheckThenAct, noClaimWithoutLease, noClientPerRequest, noDualWrite, noEffectOutsideStep, noMutableMessagePayload,
  noOffsetScanUnderMutation, noOrderDependentConsumer, noProcessLocalState, noReadModifyWrite, noRetryAmplification, noRpcInLoop,
  noSideEffectInTransaction, noSwallowedConsumerError, noTimestampOrdering, noTransactionEscape, noUnawaitedEffect, noUnboundedBatch,
  noUnboundedConcurrency, noUnboundedRetry, noUnsafeLock, noUnsafeOutboxRelay, requireIdempotencyKey, requireIdempotentConsumer,
  requireIdempotentHandler, requireInboundThrottling, requireOutboundThrottling, requirePartialFailureCheck, requireRetryBackoff, requireRpcTimeout,
  requireShardSortedBatch, requireStableOrder,
] as readonly Rule[];
