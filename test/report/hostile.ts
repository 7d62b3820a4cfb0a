import type { Finding } from '../../src/vocabulary/finding.ts';
import { DUAL_WRITE } from './example.ts';

/** What analysed code may hold to break out of a report. */
export const HOSTILE = `</script><img src=x onerror=alert(1)>]]>&amp;"'\`\`\`@team #1 [x](javascript:alert(1)) <!-- \u0000\u0007\u202e | ::error::`;

export const HOSTILE_FINDING: Finding = {
  ...DUAL_WRITE,
  message: HOSTILE,
  excerpt: HOSTILE,
  location: { ...DUAL_WRITE.location, file: `src/${HOSTILE}.ts` },
  flow: DUAL_WRITE.flow.map((step) => ({ ...step, message: HOSTILE, excerpt: HOSTILE, file: `src/${HOSTILE}.ts` })),
};
