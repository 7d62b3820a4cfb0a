import { execFileSync, spawn } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { ACCOUNT_STORE } from '../support/account.ts';

const home = fileURLToPath(new URL('../..', import.meta.url));
const runners = join(home, 'fixtures/monorepos/node_modules');
const page = readFileSync(join(home, 'docs/monorepos.md'), 'utf8');

export const PACKAGES = ['api', 'mail', 'store'];

/** What the page shows of a file. */
export function shown(name: string): Record<string, unknown> {
  const block = new RegExp(`^\`\`\`json ${name.replace('.', '\\.')}\\n([^]*?)^\`\`\``, 'm').exec(page);
  if (block === null) throw new Error(`docs/monorepos.md shows no ${name}`);
  return JSON.parse(block[1]!) as Record<string, unknown>;
}

const SOURCES: Readonly<Record<string, string>> = {
  'packages/store/src/index.ts': ACCOUNT_STORE,
  'packages/api/src/withdraw.ts': `import { balance, setBalance } from '@bank/store';
export async function withdraw(id: string, sum: number): Promise<void> {
  await setBalance(id, (await balance(id)) - sum);
}
`,
  'packages/mail/src/index.ts': `export const subject = (name: string): string => \`Dear \${name}\`;\n`,
  'tsconfig.base.json': '{ "compilerOptions": { "strict": true } }\n',
};

export interface Bank {
  readonly root: string;
  write(file: string, text: string): void;
  append(file: string, text: string): void;
  /** What a command prints. It fails when the command does, or when it wants to speak with anyone. */
  run(command: string, ...args: readonly string[]): Promise<string>;
}

/** The workspace of the page, with the runners installed. */
export async function bank(files: Readonly<Record<string, unknown>>): Promise<Bank> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'monorepo-')));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  const json = (file: string, value: unknown): void => write(file, `${JSON.stringify(value, null, 2)}\n`);
  const version = (name: string, of: string): string => (JSON.parse(readFileSync(join(of, 'package.json'), 'utf8')) as { version: string })[name as 'version'];
  const installed = { 'eslint-plugin-distributed': home, nx: join(runners, 'nx'), turbo: join(runners, 'turbo') };
  const versions = Object.fromEntries(Object.entries(installed).map(([name, directory]) => [name, version('version', directory)]));

  for (const [file, text] of Object.entries(SOURCES)) write(file, text);
  write('.gitignore', 'node_modules\n.turbo\n.nx\n.distributed\naudit.sarif\n');
  json('package.json', { name: 'bank', private: true, packageManager: 'npm@10.9.0', workspaces: ['packages/*'], nx: {}, devDependencies: versions, ...shown('root') });
  for (const name of PACKAGES) json(`packages/${name}/package.json`, { name: `@bank/${name}`, version: '1.0.0', dependencies: name === 'api' ? { '@bank/store': '1.0.0' } : {}, ...shown('package') });
  json('package-lock.json', {
    name: 'bank', lockfileVersion: 3, requires: true,
    packages: {
      '': { name: 'bank', workspaces: ['packages/*'], devDependencies: versions },
      ...Object.fromEntries(PACKAGES.flatMap((name) => [[`packages/${name}`, { name: `@bank/${name}`, version: '1.0.0' }], [`node_modules/@bank/${name}`, { resolved: `packages/${name}`, link: true }]])),
      ...Object.fromEntries(Object.entries(versions).map(([name, known]) => [`node_modules/${name}`, { version: known, integrity: integrity(`${name}@${known}`), dev: true }])),
    },
  });
  for (const [file, value] of Object.entries(files)) json(file, value);

  mkdirSync(join(root, 'node_modules/.bin'), { recursive: true });
  mkdirSync(join(root, 'node_modules/@bank'));
  for (const [name, directory] of Object.entries(installed)) symlinkSync(directory, join(root, 'node_modules', name));
  for (const name of PACKAGES) symlinkSync(`../../packages/${name}`, join(root, 'node_modules/@bank', name));
  for (const [name, file] of [['distributed-audit', join(home, 'dist/cli.js')], ['nx', join(runners, '.bin/nx')], ['turbo', join(runners, '.bin/turbo')]] as const) symlinkSync(file, join(root, 'node_modules/.bin', name));
  const git = (...args: readonly string[]): void => void execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.org', ...args], { cwd: root, stdio: 'ignore' });
  git('init', '-q');
  git('add', '-A');
  git('commit', '-qm', 'all');

  const { address, met } = await eavesdropper();
  const env = {
    ...Object.fromEntries(['TMPDIR', 'LANG', 'SHELL'].flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]))),
    PATH: [join(root, 'node_modules/.bin'), dirname(process.execPath), process.env['PATH']].join(delimiter),
    HOME: join(root, 'node_modules/.home'), CI: '1', NO_COLOR: '1', DO_NOT_TRACK: '1',
    TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1', NX_NO_CLOUD: 'true', NX_DAEMON: 'false', NX_TUI: 'false',
    HTTP_PROXY: address, HTTPS_PROXY: address, http_proxy: address, https_proxy: address,
  };
  return {
    root,
    write,
    append: (file, text) => appendFileSync(join(root, file), text),
    run: (command, ...args) => new Promise((resolve, reject) => {
      let said = '';
      const child = spawn(join(root, 'node_modules/.bin', command), args, { cwd: root, env });
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (said += data.toString()));
      child.on('error', reject);
      child.on('close', (code) => (code === 0 && met.length === 0 ? resolve(said) : reject(new Error(`${command} ended with ${code}; it spoke with [${met.join(', ')}]\n${said}`))));
    }),
  };
}

/** As a registry writes it, so that a version is told from another. */
const integrity = (what: string): string => `sha512-${Buffer.from(what.padEnd(64, '.')).toString('base64')}`;

/** A proxy that lets nobody through and remembers who was asked for. */
async function eavesdropper(): Promise<{ readonly address: string; readonly met: readonly string[] }> {
  const met: string[] = [];
  const server = createServer((request, response) => {
    met.push(request.url ?? '');
    response.writeHead(502).end();
  });
  server.on('connect', (request, socket) => {
    met.push(request.url ?? '');
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void server.close());
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, met };
}
