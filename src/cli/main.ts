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
