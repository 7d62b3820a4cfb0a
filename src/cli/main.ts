#!/usr/bin/env node
import { styleText } from 'node:util';
import type { Audit } from '../audit/options.ts';
import type { Host, Output } from './host.ts';
import { ruleInfo, type RuleLike } from './rule-info.ts';
import { run } from './run.ts';

const host: Host = {
  cwd: process.cwd(),
  env: process.env,
  stdout: output(process.stdout),
  stderr: output(process.stderr),
  audit: async () => {
    const { runAudit } = (await import('../audit/run-audit.ts')) as { runAudit: Audit };
    return runAudit;
  },
  session: async () => (await import('../audit/run-audit.ts')).openSession(),
  untilEnded: (end) => {
    const { stdin } = process;
    const onKeys = (keys: Buffer): void => {
      // In raw mode Ctrl-C is a character.
      if (/[qQ\u0003]/.test(keys.toString('latin1'))) end();
    };
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
    for (const signal of signals) process.on(signal, end);
    // Without a terminal there may be nobody at the other side: its end is no end of the command.
    stdin.on('data', onKeys).on('error', () => {});
    if (stdin.isTTY) stdin.setRawMode(true);
    return () => {
      for (const signal of signals) process.off(signal, end);
      stdin.off('data', onKeys);
      if (stdin.isTTY) stdin.setRawMode(false);
      stdin.pause();
      // A pipe that is open keeps the process.
      stdin.unref?.();
    };
  },
  facts: async () => (await import('../audit/run-audit.ts')).runFacts,
  rules: async () => {
    const { default: rules } = (await import('../../rules/index.ts')) as { default: readonly RuleLike[] };
    return rules.map(ruleInfo);
  },
  today: () => new Date().toISOString().slice(0, 10),
  confirm: async (question) => {
    const { createInterface } = await import('node:readline/promises');
    const lines = createInterface({ input: process.stdin, output: process.stderr });
    try {
      return /^(?:y|yes|)$/i.test((await lines.question(`${question} [Y/n] `)).trim());
    } finally {
      lines.close();
    }
  },
};

// Set, not exit: what is written to a pipe must still drain.
process.exitCode = await run(process.argv.slice(2), host);

function output(stream: NodeJS.WriteStream): Output {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // The reader has seen enough (`distributed-audit | head`).
    if (error.code === 'EPIPE') process.exit();
    throw error;
  });
  return {
    write: (text) => void stream.write(text),
    interactive: stream.isTTY,
    // Asks Node, which knows NO_COLOR, FORCE_COLOR and terminals.
    color: styleText('red', '.', { stream }) !== '.',
  };
}
