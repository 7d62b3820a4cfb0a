import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CONSUMERS, installedShop, REPOSITORY } from './workspace.ts';

/** ESLint's language server, the one editors run, spoken to over its pipes as an editor does. */

interface Connection {
  onRequest(handler: (method: string, params: { readonly items?: readonly unknown[] }) => unknown): void;
  onRequest(method: string, handler: (params: { readonly edit: WorkspaceEdit }) => unknown): void;
  listen(): void;
  sendRequest<T>(method: string, params: object): Promise<T>;
  sendNotification(method: string, params: object): Promise<void>;
}
interface Range {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}
interface Diagnostic {
  readonly code: string;
  readonly codeDescription: { readonly href: string };
  readonly message: string;
  readonly range: Range;
}
interface WorkspaceEdit {
  readonly documentChanges: readonly { readonly edits: readonly { readonly newText: string; readonly range: Range }[] }[];
}
interface CodeAction {
  readonly title: string;
  readonly command: { readonly command: string; readonly arguments: readonly unknown[] };
}

const require = createRequire(join(CONSUMERS, 'package.json'));
const { createMessageConnection, StreamMessageReader, StreamMessageWriter } = require('vscode-jsonrpc/node') as {
  createMessageConnection(reader: object, writer: object): Connection;
  StreamMessageReader: new (stream: object) => object;
  StreamMessageWriter: new (stream: object) => object;
};

const shop = installedShop();
let server: ChildProcess;
let connection: Connection;
let applied: WorkspaceEdit | undefined;

/** What editors send by default. */
const SETTINGS = {
  validate: 'on', run: 'onType', rulesCustomizations: [], nodePath: null, packageManager: 'npm', quiet: false, onIgnoredFiles: 'off', options: {}, format: false, experimental: {},
  codeAction: { disableRuleComment: { enable: true, location: 'separateLine' }, showDocumentation: { enable: true } }, codeActionOnSave: { enable: false, mode: 'all' },
  problems: { shortenToSingleLine: false }, workingDirectory: { mode: 'location' }, workspaceFolder: { name: 'shop', uri: pathToFileURL(shop.root).href },
};

beforeAll(async () => {
  server = spawn(process.execPath, [join(CONSUMERS, 'node_modules/vscode-langservers-extracted/bin/vscode-eslint-language-server'), '--stdio'], { cwd: shop.root, stdio: ['pipe', 'pipe', 'inherit'] });
  connection = createMessageConnection(new StreamMessageReader(server.stdout!), new StreamMessageWriter(server.stdin!));
  connection.onRequest((method, { items }) => (method === 'workspace/configuration' ? items!.map(() => SETTINGS) : null));
  connection.onRequest('workspace/applyEdit', ({ edit }) => {
    applied = edit;
    return { applied: true };
  });
  connection.listen();
  await connection.sendRequest('initialize', {
    processId: process.pid, rootUri: pathToFileURL(shop.root).href, workspaceFolders: [SETTINGS.workspaceFolder],
    capabilities: { workspace: { configuration: true, workspaceFolders: true, applyEdit: true }, textDocument: { diagnostic: {}, codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix'] } } } } },
  });
  await connection.sendNotification('initialized', {});
});
afterAll(() => {
  server.kill();
  shop.remove();
});

const uriOf = (file: string): string => pathToFileURL(join(shop.root, file)).href;
const textOf = (file: string): string => readFileSync(join(shop.root, file), 'utf8');

const open = (file: string): Promise<void> => connection.sendNotification('textDocument/didOpen', { textDocument: { uri: uriOf(file), languageId: 'typescript', version: 1, text: textOf(file) } });

async function diagnosticsOf(file: string): Promise<readonly Diagnostic[]> {
  return (await connection.sendRequest<{ readonly items: readonly Diagnostic[] }>('textDocument/diagnostic', { textDocument: { uri: uriOf(file) } })).items;
}

const places = (diagnostics: readonly Diagnostic[]): string[] => diagnostics.map(({ code, range }) => `${range.start.line + 1} ${code}`);

const marked = (file: string, rule: string): string => `${textOf(file).split('\n').findIndex((line) => line.endsWith(`// finds: ${rule}`)) + 1} distributed/${rule}`;

test('a finding is underlined where it stands, and its link opens the page of its rule', async () => {
  const file = 'services/orders/src/services/loyalty.service.ts';
  await open(file);
  const diagnostics = await diagnosticsOf(file);
  expect(places(diagnostics)).toEqual([marked(file, 'no-read-modify-write')]);
  const [{ message, codeDescription, range }] = diagnostics as [Diagnostic];
  expect(message).toMatch(/^`points` of `customer` is computed from what was read before/);
  expect(range.end.line).toBe(range.start.line);
  expect(codeDescription.href).toBe(pathToFileURL(join(REPOSITORY, 'docs/rules/no-read-modify-write.md')).href);
  expect(existsSync(new URL(codeDescription.href))).toBe(true);
});

test('the repair is offered, and does away with the finding when it is taken', async () => {
  const file = 'services/orders/src/repositories/coupons.repository.ts';
  await open(file);
  const [diagnostic] = (await diagnosticsOf(file)) as [Diagnostic];
  expect(places([diagnostic])).toEqual([marked(file, 'no-read-modify-write')]);
  const actions = await connection.sendRequest<readonly CodeAction[]>('textDocument/codeAction', { textDocument: { uri: uriOf(file) }, range: diagnostic.range, context: { diagnostics: [diagnostic] } });
  const titles = actions.map(({ title }) => title);
  expect(titles).toContain('Let the store count "maxRedemptions" itself. (distributed/no-read-modify-write)');
  expect(titles).toContain('Show documentation for distributed/no-read-modify-write');
  const { command } = actions[0]!;
  await connection.sendRequest('workspace/executeCommand', { command: command.command, arguments: command.arguments });
  const { edits } = applied!.documentChanges[0]!;
  expect(edits.map(({ newText }) => newText)).toEqual([expect.stringContaining('data: { maxRedemptions: { increment: 1 } }')]);
  await connection.sendNotification('textDocument/didChange', { textDocument: { uri: uriOf(file), version: 2 }, contentChanges: edits.map(({ newText, range }) => ({ range, text: newText })) });
  expect(await diagnosticsOf(file)).toEqual([]);
});

test('what is saved in an imported file counts for the next lint of the file that is open', async () => {
  const file = 'services/orders/src/services/orders.service.ts';
  const imported = 'services/orders/src/repositories/orders.repository.ts';
  await open(file);
  const before = places(await diagnosticsOf(file));
  const escape = marked(file, 'no-transaction-escape');
  expect(before).toContain(escape);

  // The method that the open file calls without its transaction no longer writes.
  const text = textOf(imported);
  const repaired = text.replace(/(async )?addLines\([^]*?\n {2}\}/, 'addLines(): Promise<void> {\n    return Promise.resolve();\n  }');
  expect(repaired).not.toBe(text);
  writeFileSync(join(shop.root, imported), repaired);
  // The disk is looked at once a second, and less often where that takes long.
  const now = async (): Promise<string[]> => places(await diagnosticsOf(file));
  await expect.poll(now, { interval: 300, timeout: 20_000 }).not.toContain(escape);
  writeFileSync(join(shop.root, imported), text);
  await expect.poll(now, { interval: 300, timeout: 20_000 }).toEqual(before);
});
