import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AuditFailure, type Audit, type AuditOptions, type AuditReport } from '../../src/audit/options.ts';
import { factsFile } from '../../src/audit/facts.ts';
import { run } from '../../src/cli/run.ts';
import { DUAL_WRITE, EXAMPLE, reportOf, RULES, SILENCED, UNSTABLE } from '../report/example.ts';

let cwd: string;
beforeEach(() => {
  cwd = realpathSync(mkdtempSync(join(tmpdir(), 'distributed-cli-')));
  write('.git/HEAD', '');
  write('orders/src/list.ts', '');
});
afterEach(() => rmSync(cwd, { recursive: true }));

describe('what is asked of the audit', () => {
  test('nothing said: the repository, recommended, what is proven', async () => {
    const { asked } = await cli([]);
    expect(asked).toEqual({
      root: cwd,
      paths: [cwd],
      preset: 'recommended',
      rules: {},
      certainty: 'proven',
      cache: expect.stringContaining('distributed-audit'),
      types: 'auto',
      config: {},
      stats: false,
    });
  });

  test('paths choose what is reported, the root is found above them', async () => {
    expect((await cli(['orders', 'orders/src/list.ts'])).asked).toMatchObject({
      root: cwd,
      paths: [join(cwd, 'orders'), join(cwd, 'orders/src/list.ts')],
    });
    expect((await cli(['--root', 'orders', 'orders/src'])).asked).toMatchObject({ root: join(cwd, 'orders'), paths: [join(cwd, 'orders/src')] });
    expect((await cli(['--root', 'orders'])).asked).toMatchObject({ root: join(cwd, 'orders'), paths: [join(cwd, 'orders')] });
  });

  test.each([
    [['--preset', 'strict'], { preset: 'strict', certainty: 'likely' }],
    [['--preset', 'all', '--certainty', 'proven'], { preset: 'all', certainty: 'proven' }],
    [['--rule', 'no-dual-write=off', '--rule', 'distributed/require-stable-order=warn'], { rules: { 'no-dual-write': 'off', 'require-stable-order': 'warn' } }],
    [['--types', 'off', '--stats'], { types: 'off', stats: true }],
    [['--no-cache'], { cache: false }],
  ])('%j', async (argv, options) => {
    expect((await cli(argv)).asked).toMatchObject(options);
  });

  test('the command line goes before the config, the config before the defaults', async () => {
    write('distributed.config.json', '{ "preset": "strict", "types": "off", "rules": { "no-dual-write": "warn", "require-stable-order": "off" } }');
    expect((await cli(['--rule', 'no-dual-write=error'])).asked).toMatchObject({
      preset: 'strict',
      certainty: 'likely',
      types: 'off',
      rules: { 'no-dual-write': 'error', 'require-stable-order': 'off' },
    });
    expect((await cli(['--preset', 'recommended'])).asked).toMatchObject({ preset: 'recommended', certainty: 'proven' });
  });

  test('the cache stands in node_modules if there is one, else with the user, or where one says', async () => {
    expect((await cli([])).asked!.cache).toMatch(join(cwd, 'home-cache', 'distributed-audit'));
    write('node_modules/a/package.json', '{}');
    expect((await cli([])).asked!.cache).toBe(join(cwd, 'node_modules/.cache/distributed-audit'));
    expect((await cli(['--cache-location', 'tmp'])).asked!.cache).toBe(join(cwd, 'tmp'));
  });
});

describe('what is printed', () => {
  test('pretty by default, without colours unless the terminal shows them', async () => {
    expect((await cli([], EXAMPLE)).stdout).toContain('orders/src/place order.ts:14:5  error  distributed/no-dual-write  5d1f0c6a7b2e4f88\n');
    expect((await cli([], EXAMPLE, { color: true })).stdout).toContain('\u001b[');
  });

  test('one format to the terminal, others to files', async () => {
    const { stdout } = await cli(['--format', 'json', '--output', 'sarif=out/audit.sarif', '--output', 'pretty=audit.txt'], EXAMPLE, { color: true });
    expect(JSON.parse(stdout)).toMatchObject({ version: 1 });
    expect(JSON.parse(readFileSync(join(cwd, 'out/audit.sarif'), 'utf8'))).toMatchObject({ version: '2.1.0' });
    expect(readFileSync(join(cwd, 'audit.txt'), 'utf8')).not.toContain('\u001b[');
  });

  test('GitHub gets paths from its checkout', async () => {
    const report = reportOf([UNSTABLE], { root: join(cwd, 'services/shop') });
    expect((await cli(['--format', 'github'], report, { env: { GITHUB_WORKSPACE: cwd } })).stdout).toContain('file=services/shop/orders/src/list.ts,');
  });

  test('in GitHub Actions annotations and the job summary come by themselves, unless unwanted', async () => {
    write('summary.md', 'before\n');
    const world = { env: { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: join(cwd, 'summary.md') } };
    const { stdout, stderr } = await cli(['--format', 'json'], EXAMPLE, world);
    expect(JSON.parse(stdout)).toMatchObject({ version: 1 });
    expect(stderr).toMatch(/^::error file=/);
    expect(readFileSync(join(cwd, 'summary.md'), 'utf8')).toMatch(/^before\n# 2 findings/);
    expect(await cli(['--no-annotations'], EXAMPLE, world)).toMatchObject({ stderr: '' });
    expect((await cli(['--format', 'github'], EXAMPLE, world)).stderr).toBe('');
    expect(await cli([], EXAMPLE)).toMatchObject({ stderr: '' });
  });

  test('progress goes to stderr, if a person looks and it is no CI', async () => {
    expect((await cli([])).stderr).toBe('');
    expect((await cli([], undefined, { interactive: true, env: { CI: 'true' } })).stderr).toBe('');
    const { stderr, stdout } = await cli([], undefined, { interactive: true });
    expect(stderr).toContain('extract 1/2');
    expect(stderr.endsWith('\r\u001b[2K')).toBe(true);
    expect(stdout).not.toContain('extract');
  });
});

describe('exit codes', () => {
  const clean = reportOf([]);
  const errors = reportOf([DUAL_WRITE]);
  const warnings = reportOf([UNSTABLE, UNSTABLE]);
  const silenced = reportOf([SILENCED]);
  const broken = { errors: EXAMPLE.errors };

  test.each<[number, string, string[], AuditReport]>([
    [0, 'clean', [], clean],
    [1, 'an error', [], errors],
    [0, 'warnings do not fail by themselves', [], warnings],
    [1, 'unless asked', ['--fail-on', 'warning'], warnings],
    [0, 'nothing fails', ['--fail-on', 'none'], errors],
    [0, 'not too many warnings', ['--max-warnings', '2'], warnings],
    [1, 'too many warnings', ['--max-warnings', '1'], warnings],
    [1, 'too many warnings, though nothing else fails', ['--fail-on', 'none', '--max-warnings', '0'], warnings],
    [0, 'suppressed findings do not count', ['--fail-on', 'warning'], silenced],
    [2, 'an incomplete analysis', [], reportOf([], broken)],
    [2, 'an incomplete analysis outweighs findings', [], reportOf([DUAL_WRITE], broken)],
    [0, '--exit-zero', ['--exit-zero'], reportOf([DUAL_WRITE], broken)],
  ])('%i: %s', async (code, _, argv, report) => {
    expect((await cli(argv, report)).code).toBe(code);
  });
});

describe('wrong usage is one line, and exit code 2 even with --exit-zero', () => {
  test.each([
    [['--frmat', 'json'], "unknown option '--frmat'"],
    [['--format', 'xml'], "option '--format <format>' argument 'xml' is invalid. Allowed choices are pretty, json, sarif, html, markdown, github, gitlab, rdjson, rdjsonl, checkstyle, junit, agent."],
    [['--output', 'sarf=x'], "option '--output <format=file>' argument 'sarf=x' is invalid. Unknown format \"sarf\"; did you mean \"sarif\"?"],
    [['--output', 'sarif'], "option '--output <format=file>' argument 'sarif' is invalid. Give format=file, for instance sarif=audit.sarif."],
    [['--rule', 'no-dual-write=warning'], "option '--rule <name=severity>' argument 'no-dual-write=warning' is invalid. \"warning\" is none of off, warn, error"],
    [['--rule', 'no-dual-wrote=off'], '--rule: unknown rule "no-dual-wrote"; did you mean "no-dual-write"?'],
    [['--max-warnings', 'few'], "option '--max-warnings <n>' argument 'few' is invalid. Give a whole number."],
    [['nowhere'], 'no such file or directory: nowhere'],
    [['--root', 'nowhere'], '--root is not a directory: nowhere'],
    [['--root', 'orders', '.'], '. is not inside --root orders'],
    [['--config', 'none.json'], 'none.json: no such config file'],
    [['explain', 'no-dual-wrote'], 'unknown rule "no-dual-wrote"; did you mean "no-dual-write"?'],
    [['explain'], "missing required argument 'rule|fingerprint'"],
  ])('%j', async (argv, message) => {
    const { code, stderr, stdout, asked } = await cli(argv);
    expect(stderr.split('\n')[0]).toMatch(new RegExp(`^distributed-audit: ${message.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`));
    expect({ code, stdout, asked }).toEqual({ code: 2, stdout: '', asked: undefined });
    if (argv[0] !== 'explain') expect((await cli([...argv, '--exit-zero'])).code).toBe(2);
  });

  test('a wrong config, with its place', async () => {
    write('distributed.config.json', '{\n  "prest": "all"\n}');
    expect(await cli(['orders'])).toMatchObject({ code: 2, stderr: 'distributed-audit: distributed.config.json:2: unknown key "prest"; did you mean "preset"?\n' });
  });

  test('nothing to analyse is not clean', async () => {
    const { stats } = EXAMPLE;
    expect(await cli(['orders'], reportOf([], { stats: { ...stats, files: 0 } }))).toMatchObject({
      code: 2,
      stdout: '',
      stderr: 'distributed-audit: no files to analyse in orders\n',
    });
  });

  test('a report that cannot be written', async () => {
    write('taken', '');
    const { code, stderr } = await cli(['--output', 'json=taken/report.json']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^distributed-audit: taken\/report\.json: the report cannot be written: .+\n$/);
  });
});

describe('when the audit itself fails', () => {
  const failing = (error: unknown): Audit => () => Promise.reject(error);

  test('it says what the user can mend', async () => {
    const audit = failing(new AuditFailure('extends itself', { file: join(cwd, 'tsconfig.json'), line: 3 }));
    expect(await cli([], audit)).toMatchObject({ code: 2, stderr: 'distributed-audit: tsconfig.json:3: extends itself\n' });
  });

  test('a defect of ours is one line; the stack is there on request', async () => {
    const audit = failing(new TypeError('x is undefined\n    at somewhere'));
    expect(await cli(['--exit-zero'], audit)).toMatchObject({
      code: 2,
      stderr: 'distributed-audit: internal error: x is undefined. Please report it; DISTRIBUTED_DEBUG=1 shows the stack.\n',
    });
    expect((await cli([], audit, { env: { DISTRIBUTED_DEBUG: '1' } })).stderr).toContain('run.test.ts');
  });
});

describe('what needs no audit', () => {
  test('--help', async () => {
    const { code, stdout, asked } = await cli(['--help']);
    expect({ code, asked }).toEqual({ code: 0, asked: undefined });
    expect(stdout).toMatch(/^Usage: distributed-audit \[options\] \[command\] \[paths\.\.\.\]/);
  });

  test('--version names the compiler', async () => {
    const { code, stdout } = await cli(['--version']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^distributed-audit \d+\.\d+\.\d+\nTypeScript \d+\.\d+\.\d+ \(ts-morph \d+\.\d+\.\d+\)\nNode\.js \d+\./);
  });

  test('explain, with or without prefix', async () => {
    const { code, stdout } = await cli(['explain', 'no-dual-write']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^# .*no-dual-write/);
    expect((await cli(['explain', 'distributed/no-dual-write'])).stdout).toBe(stdout);
  });
});

interface World {
  readonly env?: Record<string, string>;
  readonly interactive?: boolean;
  readonly color?: boolean;
  readonly confirms?: boolean;
}

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly asked?: AuditOptions;
}

async function cli(argv: readonly string[], answer: AuditReport | Audit = reportOf([]), world: World = {}): Promise<Outcome> {
  const said = { stdout: '', stderr: '' };
  const { interactive = false, color = false } = world;
  let asked: AuditOptions | undefined;
  const audit: Audit = async (options) => {
    asked = options;
    options.onProgress?.('extract', 1, 2);
    return typeof answer === 'function' ? answer(options) : answer;
  };
  const code = await run(argv, {
    cwd,
    env: { XDG_CACHE_HOME: join(cwd, 'home-cache'), ...world.env },
    stdout: { write: (text) => void (said.stdout += text), interactive, color },
    stderr: { write: (text) => void (said.stderr += text), interactive, color },
    audit: async () => audit,
    facts: async () => async (options) => factsFile(options),
    session: () => Promise.reject(new Error('nothing is watched here')),
    untilEnded: () => () => {},
    rules: async () => RULES,
    today: () => '2026-11-30',
    confirm: async () => world.confirms ?? false,
  });
  return { code, ...said, ...(asked ? { asked } : {}) };
}

function write(name: string, text: string): void {
  mkdirSync(dirname(join(cwd, name)), { recursive: true });
  writeFileSync(join(cwd, name), text);
}
