import { parentPort, workerData } from 'node:worker_threads';
import { AuditFailure } from './options.ts';
import type { Task, ThreadMessage } from './run-audit.ts';

const send = (message: ThreadMessage): void => parentPort!.postMessage(message);
const { task, progress } = workerData as { readonly task: Task; readonly progress: boolean };
const onProgress = progress ? { onProgress: (phase: string, done: number, total: number) => send({ progress: [phase, done, total] }) } : {};

try {
  // As text: half the cost of a structured clone.
  send({ result: JSON.stringify(await perform()) });
} catch (error) {
  const failure = error instanceof AuditFailure ? { file: error.file, line: error.line } : undefined;
  send({ error: { message: error instanceof Error ? error.message : String(error), ...(error instanceof Error ? { stack: error.stack } : {}), ...(failure === undefined ? {} : { failure }) } });
}

async function perform(): Promise<unknown> {
  if (task.facts !== undefined) return (await import('./facts.ts')).factsFile({ ...task.facts, ...onProgress });
  return (await import('./audit.ts')).audit({ ...task.audit, ...onProgress });
}
