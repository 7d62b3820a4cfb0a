import type { LibraryModel } from '../vocabulary/model.ts';


/** A deadline of ten seconds unless the options say otherwise; no retry. What it guards runs when `fire` is called. */
export default {
  name: 'opossum',
  packages: ['opossum'],
  source: 'opossum 9.0, @types/opossum',
  verified: 'types',
  exports: { default: 'CircuitBreaker' },
  types: {
    CircuitBreaker: {
      aliases: ['default'],
      construct: [
        { when: [{ at: 'a1.timeout', equals: false }], invokes: [{ fn: 'a0', when: 'later' }], returns: { type: 'CircuitBreaker', handle: 'new' } },
        { invokes: [{ fn: 'a0', when: 'later', region: { kind: 'timeout', value: 'a1.timeout' } }], returns: { type: 'CircuitBreaker', handle: 'new' } },
      ],
      members: {
        fallback: { invokes: [{ fn: 'a0', when: 'later' }], returns: 'this' }, on: { invokes: [{ fn: 'a1', when: 'later' }], returns: 'this' },
        healthCheck: { invokes: [{ fn: 'a0', when: 'later' }] },
        open: { pure: true }, close: { pure: true }, enable: { pure: true }, disable: { pure: true }, shutdown: { pure: true }, clearCache: { pure: true },
      },
    },
  },
} satisfies LibraryModel;
