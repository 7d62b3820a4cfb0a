import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bank, type Bank, PACKAGES, shown } from './bank.ts';

interface Runner {
  readonly name: string;
  readonly file: string;
  readonly other: Readonly<Record<string, unknown>>;
  /** Runs all; gives the tasks that ran, as `package:task`, those that were replayed left out. */
  ran(made: Bank): Promise<readonly string[]>;
  /** The inputs of a package's facts in the configuration. */
  inputs(config: Record<string, unknown>): Readonly<Record<'package' | 'root', unknown>>;
}

const bare = (text: string): string => text.replaceAll(/\u001b\[[0-9;]*m/g, '');

const RUNNERS: readonly Runner[] = [
  {
    name: 'turbo', file: 'turbo.json', other: {},
    async ran(made) {
      const said = bare(await made.run('turbo', 'run', 'audit'));
      const tasks = [...said.matchAll(/^(\S+): cache (hit|miss)/gm)].map(([, task, cached]) => ({ task: task!.replace('//', 'bank').replace('@bank/', ''), cached }));
      expect(tasks).toHaveLength(5);
      return tasks.filter(({ cached }) => cached === 'miss').map(({ task }) => task).sort();
    },
    inputs: (config) => {
      const { facts, '//#facts': root } = config['tasks'] as Record<string, { inputs: unknown }>;
      return { package: facts!.inputs, root: root!.inputs };
    },
  },
  {
    // The proof must not depend on what Nx remembers of other workspaces on this machine, nor ask anyone.
    name: 'nx', file: 'nx.json', other: { neverConnectToCloud: true, analytics: false },
    async ran(made) {
      const said = bare(await made.run('nx', 'run', 'bank:audit', '--output-style=static'));
      const tasks = [...said.matchAll(/^> nx run (\S+?)(?: +\[(.*)\])?$/gm)].map(([, task, cached]) => ({ task: task!.replace('@bank/', ''), cached }));
      expect(tasks, said).toHaveLength(5);
      return tasks.filter(({ cached }) => cached === undefined).map(({ task }) => task).sort();
    },
    inputs: (config) => {
      const { facts } = config['targetDefaults'] as Record<string, { inputs: unknown }>;
      return { package: facts!.inputs, root: facts!.inputs };
    },
  },
];

const EVERYTHING = [...PACKAGES.map((name) => `${name}:facts`), 'bank:audit', 'bank:facts'].sort();

describe.each(RUNNERS)('$name', ({ name, file, other, ran, inputs }) => {
  const open = (): Promise<Bank> => bank({ [file]: { ...shown(file), ...other } });
  const sarif = ({ root }: Bank): string => readFileSync(join(root, 'audit.sarif'), 'utf8');

  test('the second run replays everything; a touched package alone is read again', async () => {
    const made = await open();
    expect(await ran(made)).toEqual(EVERYTHING);
    const first = sarif(made);
    expect(first).toContain('no-read-modify-write');
    expect(await ran(made)).toEqual([]);

    // Reports and facts come out of the cache.
    rmSync(join(made.root, 'audit.sarif'));
    for (const at of ['.', ...PACKAGES.map((other) => `packages/${other}`)]) rmSync(join(made.root, at, '.distributed'), { recursive: true });
    expect(await ran(made)).toEqual([]);
    expect(sarif(made)).toBe(first);

    made.append('packages/mail/README.md', '# Mail\n');
    expect(await ran(made)).toEqual([]);

    made.append('packages/mail/src/index.ts', 'export const from = 1;\n');
    expect(await ran(made)).toEqual(['bank:audit', 'mail:facts']);
    made.write('packages/mail/src/deep/new.ts', 'export const one = 1;\n');
    expect(await ran(made)).toEqual(['bank:audit', 'mail:facts']);
    made.append('tsconfig.base.json', ' ');
    expect(await ran(made)).toEqual(['bank:audit', 'bank:facts']);
  });

  test('the report is that of the audit, and follows what has changed', async () => {
    const made = await open();
    const agrees = async (): Promise<void> => {
      rmSync(join(made.root, 'whole.sarif'), { force: true });
      await made.run('distributed-audit', '--no-cache', '--exit-zero', '--output', 'sarif=whole.sarif');
      expect(sarif(made)).toBe(readFileSync(join(made.root, 'whole.sarif'), 'utf8'));
    };
    await ran(made);
    await agrees();
    // The defect stands in one package, what mends it is done in another.
    made.write('packages/store/src/index.ts', readFileSync(join(made.root, 'packages/store/src/index.ts'), 'utf8').replace('SET amount = $2', 'SET amount = amount + $2'));
    expect(await ran(made)).toEqual(['bank:audit', 'store:facts']);
    expect(sarif(made)).not.toContain('"ruleId": "distributed/no-read-modify-write"');
    await agrees();
    // An error in the code is in the facts, and in the report.
    made.append('packages/api/src/withdraw.ts', 'export const = 1;\n');
    expect(await ran(made)).toEqual(['api:facts', 'bank:audit']);
    await agrees();
  });

  test('another version of this package reads everything again', async () => {
    const made = await open();
    await ran(made);
    const lock = readFileSync(join(made.root, 'package-lock.json'), 'utf8');
    const entry = /"node_modules\/eslint-plugin-distributed": \{[^}]*\}/.exec(lock)![0];
    made.write('package-lock.json', lock.replace(entry, entry.replace(/"version": "[^"]*"/, '"version": "99.0.0"').replace(/"sha512-.{8}/, '"sha512-AAAAAAAA')));
    expect(await ran(made)).toEqual(EVERYTHING);
  });

  test('the page shows the inputs that are printed', async () => {
    const made = await open();
    const printed = async (...args: string[]): Promise<unknown> => JSON.parse(await made.run('distributed-audit', 'print-inputs', ...args, '--format', name)) as unknown;
    const { package: ofPackage, root } = inputs(shown(file));
    for (const other of PACKAGES) expect(await printed(`packages/${other}`)).toEqual(ofPackage);
    if (name === 'turbo') expect(await printed()).toEqual(root);
    expect(existsSync(join(made.root, '.distributed'))).toBe(false);
  });
});
