import type { LibraryModel, Operation } from '../vocabulary/model.ts';

const chained: Operation = { returns: 'this' };
const schema: Operation = { returns: { type: 'SafeActionClient' }, schema: { like: 'a0' } };
const args = [{ type: 'ActionArguments' }] as const;
/** The wrapper that comes out is what a page calls. */
const action: Operation = { registers: [{ entry: { kind: 'http', ack: 'return', method: '#POST' }, fn: 'a0', args, follows: { schema: 'this', at: 'parsedInput' } }] };

export default {
  name: 'next-safe-action',
  packages: ['next-safe-action'],
  source: 'next-safe-action 8.7',
  verified: 'types',
  exports: {
    createSafeActionClient: { returns: { type: 'SafeActionClient' } },
    createMiddleware: { returns: { type: 'MiddlewareBuilder' } },
    returnValidationErrors: { pure: true }, flattenValidationErrors: { pure: true }, formatValidationErrors: { pure: true },
    DEFAULT_SERVER_ERROR_MESSAGE: { pure: true },
  },
  types: {
    SafeActionClient: {
      members: {
        use: { registers: [{ entry: { kind: 'middleware' }, fn: 'a0', args }], returns: { type: 'SafeActionClient' }, schema: { like: 'this' } },
        metadata: chained, outputSchema: chained, bindArgsSchemas: chained,
        inputSchema: schema,
        // Its name before version 8.
        schema,
        action, stateAction: action,
      },
    },
    /** `{ parsedInput, ctx, … }`: what the client sent, and what the middleware adds to it. */
    ActionArguments: {
      members: { parsedInput: 'platform#RequestData', clientInput: 'platform#RequestData', bindArgsParsedInputs: 'platform#RequestData', bindArgsClientInputs: 'platform#RequestData', next: { pure: true } },
    },
    MiddlewareBuilder: { members: { define: { registers: [{ entry: { kind: 'middleware' }, fn: 'a0', args }], returns: 'a0' } } },
  },
} satisfies LibraryModel;
