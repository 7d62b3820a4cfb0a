import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { FactsFile, FactsFileOptions } from './facts.ts';
import { AuditFailure, type AuditOptions, type AuditReport } from './options.ts';

type WithoutProgress<T> = Omit<T, 'onProgress'>;

/** What a thread is asked to do. */
export type Task =
  | { readonly audit: WithoutProgress<AuditOptions>; readonly facts?: undefined }
  | { readonly facts: WithoutProgress<FactsFileOptions> };

/** What the thread says. */
export type ThreadMessage =
  | { readonly progress: readonly [phase: string, done: number, total: number] }
  | { readonly result: string }
  | { readonly error: { readonly message: string; readonly stack?: string; readonly failure?: { readonly file?: string; readonly line?: number } } };

/** Holds 100,000 levels of nesting in the parser, whose overflow would end the process. */
const STACK_MB = 256;
/** Most of what is made dies young: fewer collections than with the 48 MB of Node. */
const YOUNG_MB = 192;

/** A run takes seconds: to optimise what is warm, and again whenever its types widen, costs a quarter of it. */
const COMPILE_LATER = ['--interrupt-budget=1000000', '--max-inlined-bytecode-size-cumulative=150', '--always-sparkplug'];

/** Runs the audit in a thread with a stack that deeply nested code does not overflow; where the thread is not built, in this one. */
export async function runAudit({ onProgress, ...audit }: AuditOptions): Promise<AuditReport> {
  if (!hasThread()) return (await import('./audit.ts')).audit({ ...audit, ...(onProgress === undefined ? {} : { onProgress }) });
  return inThread<AuditReport>({ audit }, onProgress);
}

/** The same for the facts of a package. */
export async function runFacts({ onProgress, ...facts }: FactsFileOptions): Promise<FactsFile> {
  if (!hasThread()) return (await import('./facts.ts')).factsFile({ ...facts, ...(onProgress === undefined ? {} : { onProgress }) });
  return inThread<FactsFile>({ facts }, onProgress);
}

const THREAD = fileURLToPath(new URL('./audit-thread.js', import.meta.url));
const hasThread = (): boolean => existsSync(THREAD);

function inThread<T>(task: Task, onProgress: AuditOptions['onProgress']): Promise<T> {
  // Known to these versions; of any other they might be told as an error.
  if (Number(process.versions.node.split('.')[0]) <= 24) for (const flag of COMPILE_LATER) setFlagsFromString(flag);
  return new Promise((resolve, reject) => {
    const worker = new Worker(THREAD, {
      workerData: { task, progress: onProgress !== undefined },
      resourceLimits: { stackSizeMb: STACK_MB, maxYoungGenerationSizeMb: YOUNG_MB, maxOldGenerationSizeMb: Math.floor(getHeapStatistics().heap_size_limit / 2 ** 20) },
    });
    worker.on('message', (message: ThreadMessage) => {
      if ('progress' in message) onProgress?.(...message.progress);
      else if ('result' in message) resolve(JSON.parse(message.result) as T);
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
