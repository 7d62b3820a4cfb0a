import { parentPort, workerData } from 'node:worker_threads';
import { AuditFailure } from './options.ts';
import type { Task, ThreadMessage } from './run-audit.ts';

const send = (message: ThreadMessage): void => parentPort!.postMessage(message);
const { task, progress } = workerData as { readonly task: Task | null; readonly progress: boolean };
const onProgress = progress ? { onProgress: (phase: string, done: number, total: number) => send({ progress: [phase, done, total] }) } : {};

if (task !== null) await answer(() => perform(task));
else {
  // One audit after the other, of which each keeps what it can of the one before.
  const { audit } = await import('./audit.ts');
  const kept = new (await import('./kept.ts')).Kept();
  let last = Promise.resolve();
  parentPort!.on('message', (options: Extract<Task, { audit: unknown }>['audit']) => {
    last = last.then(() => answer(() => audit({ ...options, ...onProgress }, kept)));
  });
}

async function answer(work: () => Promise<unknown>): Promise<void> {
  try {
    // As text: half the cost of a structured clone.
    send({ result: JSON.stringify(await work()) });
  } catch (error) {
    const failure = error instanceof AuditFailure ? { file: error.file, line: error.line } : undefined;
    send({ error: { message: error instanceof Error ? error.message : String(error), ...(error instanceof Error ? { stack: error.stack } : {}), ...(failure === undefined ? {} : { failure }) } });
  }
}

async function perform(task: Task): Promise<unknown> {
  if (task.facts !== undefined) return (await import('./facts.ts')).factsFile({ ...task.facts, ...onProgress });
  return (await import('./audit.ts')).audit({ ...task.audit, ...onProgress });
}
