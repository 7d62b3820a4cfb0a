import { relative } from 'node:path';
import { AuditFailure } from '../audit/options.ts';
import { parseArguments } from './arguments.ts';
import { auditCommand } from './audit-command.ts';
import { baselineCommand } from './baseline-command.ts';
import { diffCommand } from './diff-command.ts';
import { explain } from './explain.ts';
import { factsCommand } from './facts-command.ts';
import { graphCommand } from './graph-command.ts';
import type { Host } from './host.ts';
import { initCommand } from './init-command.ts';
import { inputsCommand } from './inputs-command.ts';
import { linkCommand } from './link-command.ts';
import { isInside } from './targets.ts';
import { versions } from './versions.ts';
import { watchCommand } from './watch-command.ts';

/** The whole command: arguments in, exit code out. Never throws, and never shows a stack unless asked. */
export async function run(argv: readonly string[], host: Host): Promise<number> {
  try {
    const invocation = parseArguments(argv, host);
    switch (invocation.command) {
      case 'nothing':
        return invocation.exitCode;
      case 'version':
        host.stdout.write(await versions());
        return 0;
      case 'explain':
        host.stdout.write(await explain(invocation.what, invocation.paths, invocation.flags, host));
        return 0;
      case 'baseline':
        return await baselineCommand(invocation.action, invocation.paths, invocation.flags, host);
      case 'diff':
        return await diffCommand(invocation.base, invocation.head, invocation.flags, host);
      case 'graph':
        return await graphCommand(invocation.paths, invocation.format, invocation.flags, host);
      case 'facts':
        return await factsCommand(invocation.directory, invocation.flags, host);
      case 'link':
        return await linkCommand(invocation.facts, invocation.flags, host);
      case 'print-inputs':
        return await inputsCommand(invocation.directory, invocation.format, invocation.flags, host);
      case 'init':
        return await initCommand(invocation.flags, host);
      case 'audit':
        return await (invocation.flags.watch ? watchCommand(invocation.paths, invocation.flags, host, (error) => describe(error, host)) : auditCommand(invocation.paths, invocation.flags, host));
    }
  } catch (error) {
    host.stderr.write(`distributed-audit: ${describe(error, host)}\n`);
    return 2;
  }
}

function describe(error: unknown, { cwd, env }: Host): string {
  const stack = env['DISTRIBUTED_DEBUG'] && error instanceof Error ? `\n${error.stack}` : '';
  if (error instanceof AuditFailure) {
    const { file, line } = error;
    const shown = file !== undefined && isInside(cwd, file) ? relative(cwd, file) : file;
    const place = shown === undefined ? '' : `${shown}${line === undefined ? '' : `:${line}`}: `;
    return `${place}${messageOf(error)}${stack}`;
  }
  const ask = stack === '' ? ' Please report it; DISTRIBUTED_DEBUG=1 shows the stack.' : stack;
  return `internal error: ${messageOf(error)}.${ask}`;
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0]!;
}
