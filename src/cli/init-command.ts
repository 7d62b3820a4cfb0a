import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { projectManifests } from '../audit/manifests.ts';
import type { InitFlags } from './arguments.ts';
import type { ExitCode } from './gate.ts';
import type { Host } from './host.ts';
import { writeReport } from './publish.ts';
import { detectStack, type Stack } from './stack.ts';
import { targets } from './targets.ts';

interface Planned {
  readonly file: string;
  readonly text: string;
}

/** Writes what is not there yet; what is there is the project's own, so for that it says what to add. */
export async function initCommand({ root: given, yes }: InitFlags, host: Host): Promise<ExitCode> {
  const { root } = targets(host.cwd, [], given);
  const found = await projectManifests(root);
  const { manifests } = found;
  const stack = detectStack(root, found);
  const write = (text: string): void => host.stdout.write(`${text}\n`);
  write(`${stack.typescript ? 'TypeScript' : 'JavaScript'}, ${stack.packageManager}${stack.workspaces ? `, ${manifests.length} packages` : ''}${stack.libraries.length === 0 ? '' : `; reaches other machines through ${listed(stack.libraries)}`}`);
  write('');
  write(`Install:\n  ${install(stack)}\n`);

  const planned = plan(stack);
  const fresh = planned.filter(({ file }) => !existsSync(join(root, file)));
  for (const { file, text } of fresh) write(`${file}\n${indented(text)}\n`);
  if (stack.eslintConfig !== undefined) write(`${stack.eslintConfig} is there: add to its list\n${indented(eslintEntry(stack))}\n`);
  if (stack.gitlab) write(`.gitlab-ci.yml: add\n${indented(gitlabJob(stack))}\n`);
  for (const { file } of planned) if (existsSync(join(root, file))) write(`${file} is there and stays as it is.`);

  if (fresh.length > 0) {
    const agreed = yes || (host.stdout.interactive && (await host.confirm(`Write ${fresh.map(({ file }) => file).join(', ')} in ${relative(host.cwd, root) || '.'}?`)));
    if (!agreed) {
      write('Nothing was written; `distributed-audit init --yes` writes it.');
      return 0;
    }
    for (const { file, text } of fresh) writeReport(join(root, file), text);
    write(`Wrote ${fresh.map(({ file }) => file).join(', ')}.`);
  }
  write('Next: `npx distributed-audit`; what is known and stays for now: `npx distributed-audit baseline create`.');
  return 0;
}

function plan(stack: Stack): Planned[] {
  return [
    { file: 'distributed.config.json', text: `${JSON.stringify({ $schema: './node_modules/eslint-plugin-distributed/docs/config.schema.json', preset: 'recommended' }, null, 2)}\n` },
    ...(stack.eslintConfig === undefined ? [{ file: 'eslint.config.mjs', text: eslintConfig(stack) }] : []),
    ...(stack.github ? [{ file: '.github/workflows/distributed-audit.yml', text: githubWorkflow(stack) }] : []),
  ];
}

const NAMED = 12;

const listed = (names: readonly string[]): string => `${names.slice(0, NAMED).join(', ')}${names.length > NAMED ? ` and ${names.length - NAMED} more` : ''}`;

const indented = (text: string): string => text.trimEnd().replace(/^/gm, '  ');

function install({ packageManager, typescript, eslintConfig }: Stack): string {
  const packages = ['eslint-plugin-distributed', ...(eslintConfig === undefined ? ['eslint', ...(typescript ? ['@typescript-eslint/parser'] : [])] : [])].join(' ');
  return { npm: `npm install --save-dev ${packages}`, pnpm: `pnpm add --save-dev ${packages}`, yarn: `yarn add --dev ${packages}`, bun: `bun add --dev ${packages}` }[packageManager];
}

function eslintEntry({ typescript }: Stack): string {
  const files = typescript ? "['**/*.{ts,mts,cts,tsx}']" : "['**/*.{js,mjs,cjs}']";
  return `{ files: ${files}, plugins: { distributed }, extends: ['distributed/recommended'] },`;
}

function eslintConfig(stack: Stack): string {
  const entry = eslintEntry(stack);
  return [
    ...(stack.typescript ? ["import tsParser from '@typescript-eslint/parser';"] : []),
    "import { defineConfig } from 'eslint/config';",
    "import distributed from 'eslint-plugin-distributed';",
    '',
    'export default defineConfig([',
    `  ${stack.typescript ? entry.replace('plugins:', 'languageOptions: { parser: tsParser }, plugins:') : entry}`,
    ']);',
    '',
  ].join('\n');
}

const COMMANDS: Readonly<Record<Stack['packageManager'], { readonly install: string; readonly run: string }>> = {
  npm: { install: 'npm ci', run: 'npx distributed-audit' },
  pnpm: { install: 'pnpm install --frozen-lockfile', run: 'pnpm exec distributed-audit' },
  yarn: { install: 'yarn install --immutable', run: 'yarn distributed-audit' },
  bun: { install: 'bun install --frozen-lockfile', run: 'bunx distributed-audit' },
};

function githubWorkflow({ packageManager }: Stack): string {
  const { install, run } = COMMANDS[packageManager];
  const enable = packageManager === 'pnpm' || packageManager === 'yarn' ? '      - run: corepack enable\n' : packageManager === 'bun' ? '      - uses: oven-sh/setup-bun@v2\n' : '';
  return `name: distributed-audit
on:
  pull_request:
  push:
    branches: [main]
permissions:
  contents: read
jobs:
  audit:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          # The audit compares with where the branch began.
          fetch-depth: 0
${enable}      - uses: actions/setup-node@v4
        with:
          node-version: 22
      - run: ${install}
      - if: github.event_name == 'pull_request'
        run: ${run} --since "origin/$GITHUB_BASE_REF"
      - if: github.event_name == 'push'
        run: ${run}
`;
}

function gitlabJob({ packageManager }: Stack): string {
  const { install, run } = COMMANDS[packageManager];
  return `distributed-audit:
  image: node:22
  script:
    - ${install}
    - ${run} --output gitlab=gl-code-quality.json
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality.json
`;
}
