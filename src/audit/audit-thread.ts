import { parentPort, workerData } from 'node:worker_threads';
import { audit } from './audit.ts';
import { AuditFailure, type AuditOptions } from './options.ts';
import type { ThreadMessage } from './run-audit.ts';

const send = (message: ThreadMessage): void => parentPort!.postMessage(message);
const { options, progress } = workerData as { readonly options: AuditOptions; readonly progress: boolean };

try {
  // As text: half the cost of a structured clone.
  send({ report: JSON.stringify(await audit({ ...options, ...(progress ? { onProgress: (phase, done, total) => send({ progress: [phase, done, total] }) } : {}) })) });
} catch (error) {
  const failure = error instanceof AuditFailure ? { file: error.file, line: error.line } : undefined;
  send({ error: { message: error instanceof Error ? error.message : String(error), ...(error instanceof Error ? { stack: error.stack } : {}), ...(failure === undefined ? {} : { failure }) } });
}
