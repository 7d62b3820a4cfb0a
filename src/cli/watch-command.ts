import { relative, resolve } from 'node:path';
import { watchFiles } from '../audit/watch-files.ts';
import { auditOptions, withAudit } from './analysis.ts';
import { auditOnce } from './audit-command.ts';
import type { Flags } from './arguments.ts';
import type { ExitCode } from './gate.ts';
import type { Host } from './host.ts';

const CLEAR = '\u001b[2J\u001b[3J\u001b[H';
/** Files that are named when they have changed. */
const NAMED = 3;

/** Audits, and again whenever a file of the program has changed, until someone ends it: that is no failure, whatever was found. */
export async function watchCommand(given: readonly string[], flags: Flags, host: Host, describe: (error: unknown) => string): Promise<ExitCode> {
  // What is wrong with the command line ends it at once; what is wrong later can be mended.
  const { root } = await auditOptions(given, flags, await host.rules(), host);
  const session = await host.session();
  const written = new Set(flags.output.map(({ file }) => resolve(host.cwd, file)));
  let waiting: readonly string[] = [];
  let wake = (): void => {};
  let ended = false;
  const files = watchFiles(root, (file) => written.has(file), (changed) => {
    waiting = [...waiting, ...changed];
    wake();
  });
  const end = new Promise<void>((done) => {
    const release = host.untilEnded(() => {
      ended = true;
      release();
      wake();
      done();
    });
  });
  try {
    files.refresh();
    for (let changed: readonly string[] = []; !ended; changed = take()) {
      if (host.stdout.interactive) host.stdout.write(CLEAR);
      if (changed.length > 0) host.stderr.write(`Changed: ${named(changed, root)}\n`);
      await Promise.race([run(), end]);
      if (ended) break;
      host.stderr.write(`\nWatching ${root}${host.stdout.interactive ? '. Press q to quit.' : ''}\n`);
      await new Promise<void>((resolve) => {
        wake = resolve;
        if (waiting.length > 0 || ended) resolve();
      });
      files.refresh();
    }
    return 0;
  } finally {
    files.close();
    await session.close();
  }

  async function run(): Promise<void> {
    try {
      await withAudit(host, (audit) => auditOnce(given, flags, audit, host), async () => session.audit);
    } catch (error) {
      if (!ended) host.stderr.write(`distributed-audit: ${describe(error)}\n`);
    }
  }

  function take(): readonly string[] {
    const files = waiting;
    waiting = [];
    return [...new Set(files)].sort();
  }
}

function named(files: readonly string[], root: string): string {
  const names = files.slice(0, NAMED).map((file) => relative(root, file) || '.');
  return files.length > NAMED ? `${names.join(', ')} and ${files.length - NAMED} more` : names.join(', ');
}
