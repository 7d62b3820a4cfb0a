import type { Host } from './host.ts';

export interface Progress {
  readonly report?: (phase: string, done: number, total: number) => void;
  end(): void;
}

const INTERVAL_MS = 80;
const CLEAR = '\r\u001b[2K';

/** One line on stderr that is rewritten; silent unless a person looks at it. */
export function progress({ stderr, env }: Host): Progress {
  if (!stderr.interactive || env['CI']) return { end() {} };
  let last = -Infinity;
  let shown = '';
  return {
    report(phase, done, total) {
      const now = performance.now();
      if (phase === shown && now - last < INTERVAL_MS) return;
      last = now;
      shown = phase;
      stderr.write(`${CLEAR}${phase}${total > 0 ? ` ${done}/${total}` : ''}`);
    },
    end() {
      if (shown !== '') stderr.write(CLEAR);
    },
  };
}
