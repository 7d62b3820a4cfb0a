import type { LibraryModel, Member, Operation } from '../vocabulary/model.ts';

const pure: Operation = { pure: true };
const rows = (names: string, operation: Member): Record<string, Member> => Object.fromEntries(names.split(' ').map((name) => [name, operation]));
/** Buffered and sent behind the caller's back; losing it hurts nobody's order. */
const record: Operation = { effect: { kind: 'publish', system: 'http', weight: 'telemetry' } };
const logger: Operation = { returns: { type: 'Logger' } };
const span = (fn: string): Operation => ({ invokes: [{ fn, args: [null] }], returns: 'invoked' });

/** Logging, tracing, metrics, product analytics. */
export default {
  name: 'telemetry',
  packages: [
    'winston', 'pino', 'pino-http', 'bunyan', 'loglevel', 'consola', 'log4js', 'signale', 'nestjs-pino', 'nest-winston', 'tslog', 'debug', 'morgan',
    '@sentry/node', '@sentry/nextjs', '@sentry/core', '@sentry/serverless', '@sentry/aws-serverless', '@sentry/bun', '@sentry/nestjs', '@sentry/google-cloud-serverless', '@sentry/cloudflare',
    '@opentelemetry/api', 'dd-trace', 'prom-client', 'hot-shots', 'posthog-node', '@segment/analytics-node', 'analytics-node', 'mixpanel', '@amplitude/node', '@bugsnag/js', 'rollbar', 'newrelic',
  ],
  source: 'winston 3.19, pino 10.4, @sentry/node 11, @opentelemetry/api, prom-client 15.1, posthog-node 5.70, @segment/analytics-node; the rest from memory',
  verified: 'memory',
  exports: {
    default: 'Logger', createLogger: logger, pino: 'Logger', Logger: 'Logger', PinoLogger: 'Logger', getLogger: logger, consola: 'Logger',
    ...rows('format transports addColors stdTimeFunctions transport destination', 'platform#Pure'),
    // Sentry
    ...rows('captureException captureMessage captureEvent captureCheckIn captureFeedback addBreadcrumb', record),
    ...rows('setUser setTag setTags setExtra setExtras setContext init flush close getClient getCurrentScope getIsolationScope setupExpressErrorHandler setupFastifyErrorHandler expressIntegration httpIntegration getActiveSpan', pure),
    startSpan: span('a1'), startSpanManual: span('a1'), startInactiveSpan: pure, withScope: span('a0'), withIsolationScope: span('a0'), withMonitor: span('a1'), continueTrace: span('a1'), suppressTracing: span('a0'), withActiveSpan: span('a1'),
    wrapApiHandlerWithSentry: { returns: 'a0' }, wrapRouteHandlerWithSentry: { returns: 'a0' }, withServerActionInstrumentation: span('last'), wrapHandler: { returns: 'a0' }, withSentry: { returns: 'a0' },
    // OpenTelemetry
    trace: 'Tracing', context: 'Context', propagation: 'platform#Pure', metrics: 'Metrics', diag: 'platform#Pure', SpanStatusCode: 'platform#Pure', SpanKind: 'platform#Pure',
    // Datadog
    tracer: 'Tracer',
    // prom-client
    ...rows('Counter Gauge Histogram Summary Registry StatsD', 'Metric'), register: 'platform#Pure', collectDefaultMetrics: pure,
    // Analytics
    PostHog: 'Analytics', Analytics: 'Analytics',
  },
  types: {
    Logger: {
      aliases: ['winston.Logger', 'pino.Logger', 'default.Logger', 'PinoLogger', 'BaseLogger', 'FastifyBaseLogger'],
      call: logger, construct: logger,
      members: { child: { returns: 'this' }, createLogger: logger, startSpan: span('a1'), init: pure, trace: [{ when: [{ at: 'a1', kind: 'function' }], ...span('a1') }, { when: [{ at: 'a2', kind: 'function' }], ...span('a2') }, pure], wrap: { returns: 'last' }, captureException: record, capture: record, track: record, '*': pure },
      statics: { '*': pure },
    },
    Tracing: { members: { getTracer: { returns: { type: 'Tracer' } }, getActiveSpan: pure, '*': pure } },
    Tracer: {
      members: {
        startActiveSpan: [{ when: [{ at: 'a1', kind: 'function' }], ...span('a1') }, { when: [{ at: 'a2', kind: 'function' }], ...span('a2') }, span('a3')],
        trace: [{ when: [{ at: 'a1', kind: 'function' }], ...span('a1') }, span('a2')],
        wrap: { returns: 'last' }, startSpan: pure, '*': pure,
      },
    },
    Context: { members: { with: { invokes: [{ fn: 'a1', args: ['a3', 'a4'] }], returns: 'invoked' }, bind: { returns: 'a1' }, active: pure } },
    Metrics: { members: { getMeter: { returns: { type: 'Meter' } }, '*': pure } },
    Meter: { members: { '*': { returns: { type: 'Metric' } } } },
    Metric: { aliases: ['Counter', 'Gauge', 'Histogram', 'Summary', 'UpDownCounter'], construct: { returns: { type: 'Metric' } }, members: { '*': pure } },
    Analytics: {
      construct: { returns: { type: 'Analytics', handle: 'new' } },
      members: { ...rows('capture captureImmediate captureException track identify group page screen alias groupIdentify', record), ...rows('isFeatureEnabled getFeatureFlag getAllFlags getFeatureFlagPayload getAllFlagsAndPayloads', { effect: { kind: 'read', system: 'http', weight: 'telemetry' } }), '*': pure },
    },
  },
} satisfies LibraryModel;
