import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { FactsFile, FactsFileOptions } from './facts.ts';
import { type Audit, AuditFailure, type AuditOptions, type AuditReport } from './options.ts';

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

/** A third of the young generation, from the start: it would double each time that it was found too small. */
const GROWN = [`--min-semi-space-size=${YOUNG_MB / 3}`];

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

/** Audits of one program, one after the other; what is asked last keeps in memory what the others have read. */
export interface Session {
  readonly audit: Audit;
  close(): Promise<void>;
}

export async function openSession(): Promise<Session> {
  if (!hasThread()) {
    const [{ audit }, { Kept }] = await Promise.all([import('./audit.ts'), import('./kept.ts')]);
    const kept = new Kept();
    return { audit: (options) => audit(options, kept), close: async () => {} };
  }
  let worker: Worker | undefined;
  return {
    audit: ({ onProgress, ...options }) => {
      worker ??= threadFor(null, onProgress !== undefined);
      worker.removeAllListeners();
      return outcome<AuditReport>(worker, onProgress, () => worker!.postMessage(options)).catch((error: unknown) => {
        // It may not be there any more: the next audit gets another.
        if (!(error instanceof AuditFailure)) worker = undefined;
        throw error;
      });
    },
    close: async () => void (await worker?.terminate()),
  };
}

const THREAD = fileURLToPath(new URL('./audit-thread.js', import.meta.url));
const hasThread = (): boolean => existsSync(THREAD);

const inThread = <T>(task: Task, onProgress: AuditOptions['onProgress']): Promise<T> => outcome(threadFor(task, onProgress !== undefined), onProgress);

function threadFor(task: Task | null, progress: boolean): Worker {
  // Known to these versions; of any other they might be told as an error.
  if (Number(process.versions.node.split('.')[0]) <= 24) for (const flag of [...COMPILE_LATER, ...GROWN]) setFlagsFromString(flag);
  return new Worker(THREAD, {
    workerData: { task, progress },
    resourceLimits: { stackSizeMb: STACK_MB, maxYoungGenerationSizeMb: YOUNG_MB, maxOldGenerationSizeMb: Math.floor(getHeapStatistics().heap_size_limit / 2 ** 20) },
  });
}

function outcome<T>(worker: Worker, onProgress: AuditOptions['onProgress'], begin: () => void = () => {}): Promise<T> {
  return new Promise((resolve, reject) => {
    worker.on('message', (message: ThreadMessage) => {
      if ('progress' in message) onProgress?.(...message.progress);
      else if ('result' in message) resolve(JSON.parse(message.result) as T);
      else reject(failureOf(message.error));
    });
    worker.on('error', (error: NodeJS.ErrnoException) => reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new AuditFailure('ran out of memory; give it more with NODE_OPTIONS=--max-old-space-size=8192', {}, error) : error));
    worker.on('exit', () => reject(new Error('the audit ended without a report')));
    begin();
  });
}

function failureOf({ message, stack, failure }: Extract<ThreadMessage, { readonly error: unknown }>['error']): Error {
  const error = failure === undefined ? new Error(message) : new AuditFailure(message, failure);
  if (stack !== undefined) error.stack = stack;
  return error;
}
