import { join } from 'node:path';
import rules from '../../rules/index.ts';
import { audit } from '../../src/audit/audit.ts';
import { factsFile } from '../../src/audit/facts.ts';
import { ruleInfo } from '../../src/cli/rule-info.ts';
import { run } from '../../src/cli/run.ts';

/** The command in a directory, within this process: without types, cache and terminal, on 30 November 2026. */
export async function runCli(cwd: string, argv: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const said = { stdout: '', stderr: '' };
  const code = await run([...argv], {
    cwd,
    env: { XDG_CACHE_HOME: join(cwd, '..', 'distributed-cli-cache') },
    stdout: { write: (text) => void (said.stdout += text), interactive: false, color: false },
    stderr: { write: (text) => void (said.stderr += text), interactive: false, color: false },
    audit: async () => (options) => audit({ ...options, types: 'off', cache: false }),
    facts: async () => async (options) => factsFile(options),
    session: () => Promise.reject(new Error('nothing is watched here')),
    untilEnded: () => () => {},
    rules: async () => rules.map(ruleInfo),
    today: () => '2026-11-30',
    confirm: async () => false,
  });
  return { code, ...said };
}
