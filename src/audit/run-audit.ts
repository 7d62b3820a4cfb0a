import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { AuditFailure, type AuditOptions, type AuditReport } from './options.ts';

/** What the thread of the audit says. */
export type ThreadMessage =
  | { readonly progress: readonly [phase: string, done: number, total: number] }
  | { readonly report: string }
  | { readonly error: { readonly message: string; readonly stack?: string; readonly failure?: { readonly file?: string; readonly line?: number } } };

/** Holds 100,000 levels of nesting in the parser, whose overflow would end the process. */
const STACK_MB = 256;
/** Most of what is made dies young: fewer collections than with the 48 MB of Node. */
const YOUNG_MB = 192;

/** A run takes seconds: to optimise what is warm, and again whenever its types widen, costs a quarter of it. */
const COMPILE_LATER = ['--interrupt-budget=1000000', '--max-inlined-bytecode-size-cumulative=150', '--always-sparkplug'];

/** Runs the audit in a thread with a stack that deeply nested code does not overflow; where the thread is not built, in this one. */
export async function runAudit(options: AuditOptions): Promise<AuditReport> {
  const thread = fileURLToPath(new URL('./audit-thread.js', import.meta.url));
  if (!existsSync(thread)) return (await import('./audit.ts')).audit(options);
  // Known to these versions; of any other they might be told as an error.
  if (Number(process.versions.node.split('.')[0]) <= 24) for (const flag of COMPILE_LATER) setFlagsFromString(flag);
  const { onProgress, ...rest } = options;
  return new Promise((resolve, reject) => {
    const worker = new Worker(thread, {
      workerData: { options: rest, progress: onProgress !== undefined },
      resourceLimits: { stackSizeMb: STACK_MB, maxYoungGenerationSizeMb: YOUNG_MB, maxOldGenerationSizeMb: Math.floor(getHeapStatistics().heap_size_limit / 2 ** 20) },
    });
    worker.on('message', (message: ThreadMessage) => {
      if ('progress' in message) onProgress?.(...message.progress);
      else if ('report' in message) resolve(JSON.parse(message.report) as AuditReport);
      else reject(failureOf(message.error));
    });
    worker.on('error', (error: NodeJS.ErrnoException) => reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new AuditFailure('ran out of memory; give it more with NODE_OPTIONS=--max-old-space-size=8192', {}, error) : error));
    worker.on('exit', () => reject(new Error('the audit ended without a report')));
  });
}

function failureOf({ message, stack, failure }: Extract<ThreadMessage, { readonly error: unknown }>['error']): Error {
  const error = failure === undefined ? new Error(message) : new AuditFailure(message, failure);
  if (stack !== undefined) error.stack = stack;
  return error;
}
