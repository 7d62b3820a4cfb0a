import { resolve } from 'node:path';
import type { FactsFlags } from './arguments.ts';
import type { ExitCode } from './gate.ts';
import type { Host } from './host.ts';
import { progress } from './progress.ts';
import { packageTarget } from './targets.ts';

/** What the code has wrong is told where the facts are linked: here it would keep a task runner from going on. */
export async function factsCommand(given: string, { root: named, out }: FactsFlags, host: Host): Promise<ExitCode> {
  const { root, directory } = packageTarget(host.cwd, given, named);
  const bar = progress(host);
  try {
    const facts = await (await host.facts())({ root, directory, out: resolve(host.cwd, out), ...(bar.report ? { onProgress: bar.report } : {}) });
    bar.end();
    const wrong = facts.errors.length === 0 ? '' : `; ${facts.errors.length} of them with an error, which \`link\` reports`;
    host.stdout.write(`${facts.directory}: ${facts.files} ${facts.files === 1 ? 'file' : 'files'}${wrong}.\n`);
    return 0;
  } finally {
    bar.end();
  }
}
