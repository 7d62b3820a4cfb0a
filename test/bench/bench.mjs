// `npm run bench -- CHECKOUT [--only tsc,audit,types,eslint,growth,threads,watch] [--runs N]`: what an audit costs beside `tsc --noEmit` and ESLint, in one run.
// CPU is user and system time of the process with all of its threads; of several runs the least counts. Needs a build (`npm run build`).
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { only: { type: 'string' }, runs: { type: 'string', default: '3' } } });
if (positionals.length !== 1) throw new Error('usage: npm run bench -- CHECKOUT');
const home = fileURLToPath(new URL('../..', import.meta.url));
const checkout = resolve(positionals[0]);
const runs = Number(values.runs);
const wanted = (part) => values.only === undefined || values.only.split(',').includes(part);
const work = mkdtempSync(join(tmpdir(), 'bench-'));
const cli = join(home, 'dist/cli.js');
const tsc = join(home, 'node_modules/typescript/lib/tsc.js');
if (!existsSync(cli)) throw new Error('build first: npm run build');

const NEVER = new Set(['node_modules', '.git', 'dist', 'build', '.next', 'coverage']);
const KEPT = /\.(?:[cm]?[jt]sx?|json|prisma|sql|ya?ml)$/;

try {
  const program = join(work, 'program');
  copy(checkout, program, () => true);
  const files = typescriptFiles(program);
  title(files.length);
  const rows = [];
  const base = measure('`tsc --noEmit`', rows, wanted('tsc') || wanted('audit') || wanted('types') ? () => node([tsc, '-p', tsconfig(program, files)]) : null);
  if (wanted('audit')) audits('types off', ['--types', 'off'], program, files, rows, base);
  if (wanted('types')) audits('types auto', ['--types', 'auto'], program, files, rows, base);
  if (rows.length > 0) table(['', 'CPU s', 'of `tsc`', 'peak MB', 'of `tsc`'], rows);
  if (wanted('eslint')) lint(program, files);
  if (wanted('growth')) growth();
  if (wanted('threads')) threads(program);
  if (wanted('watch')) table(['', 'CPU s'], await watched(program, files));
} finally {
  rmSync(work, { recursive: true, force: true });
}

function title(count) {
  const git = (...args) => spawnSync('git', ['-C', checkout, ...args], { encoding: 'utf8' }).stdout.trim();
  console.log(`${basename(checkout).replace('+', '/')} at ${git('rev-parse', '--short=12', 'HEAD') || '?'}, ${count} TypeScript files, without \`node_modules\`; ${cpus().length} cores, Node ${process.versions.node}.\n`);
}

function audits(name, types, program, files, rows, base) {
  const cache = join(work, `cache-${name.replace(' ', '-')}`);
  const command = [cli, program, '--root', program, '--preset', 'all', '--certainty', 'likely', '--format', 'json', '--exit-zero', '--cache-location', cache, ...types];
  const cold = () => (rmSync(cache, { recursive: true, force: true }), node(command));
  measure(`audit, ${name}, first run`, rows, cold, base);
  measure(`audit, ${name}, nothing changed`, rows, () => node(command), base);
  const tests = files.filter((file) => /[./](?:test|spec)\.[cm]?ts$/.test(file));
  changed('one test changed', tests[tests.length >> 1]);
  changed('one file changed', sourceIn(files));

  function changed(what, file) {
    if (file === undefined) return;
    const text = readFileSync(file, 'utf8');
    let round = 0;
    measure(`audit, ${name}, ${what}`, rows, () => (writeFileSync(file, `${text}\nexport const changedBy${round} = ${round++};\n`), node(command)), base);
    writeFileSync(file, text);
  }
}

/** One in the midst of the code that is followed. */
function sourceIn(files) {
  const source = files.filter((file) => !/(?:test|spec|stories)\b|\.tsx$|\/scripts?\//.test(file));
  return source[source.length >> 1];
}

function lint(program, files) {
  const list = join(work, 'files.txt');
  writeFileSync(list, files.join('\n'));
  const rows = [];
  const command = (mode) => () => node([join(home, 'test/bench/lint.mjs'), program, list, mode]);
  const none = measure('`eslint`, no rule', rows, command('none'));
  measure('`eslint`, all rules, `followImports: false`', rows, command('file'), none);
  measure('`eslint`, all rules, `followImports: true`', rows, command('follow'), none);
  measure('`eslint`, all rules, `wholeProgram: true`', rows, command('whole'), none);
  table(['', 'CPU s', 'of none', 'peak MB', 'of none'], rows);
}

/** The first files by path, with the manifests: whole directories, and what they import of others missing. */
function growth() {
  const all = typescriptFiles(checkout).map((file) => relative(checkout, file));
  const rows = [];
  for (const count of [500, 1000, 2000, 4000].filter((size) => size <= all.length)) {
    const part = join(work, `part-${count}`);
    const kept = new Set(all.slice(0, count));
    copy(checkout, part, (file) => kept.has(file) || !/\.[cm]?[jt]sx?$/.test(file));
    const command = [cli, part, '--root', part, '--preset', 'all', '--certainty', 'likely', '--format', 'json', '--exit-zero', '--no-cache', '--types', 'off'];
    const { cpu, rss } = least(() => node(command));
    rows.push([`${count} files`, cpu.toFixed(2), `${((cpu * 1000) / count).toFixed(2)} ms`, rss.toFixed(0), '']);
    rmSync(part, { recursive: true, force: true });
  }
  table(['', 'CPU s', 'a file', 'peak MB', ''], rows);
}

/** What reading and extracting takes, and what it would take in more threads. */
function threads(program) {
  const tried = Array.from({ length: runs }, () => spawnSync(process.execPath, [join(home, 'test/bench/threads.mjs'), program], { encoding: 'utf8' }).stdout.trim().split('\n').map((line) => JSON.parse(line)));
  const seconds = (at, column) => (tried[0][at][column] === null ? '' : (Math.min(...tried.map((rows) => rows[at][column])) / 1000).toFixed(2));
  table(['', 'wall s', 'CPU s'], tried[0].map(([name], at) => [name, seconds(at, 1), seconds(at, 2)]));
}

/** The first audit of `--watch` and those after changes of one file; on Linux, whose /proc tells the time of a process that goes on. */
function watched(program, files) {
  const rows = [];
  const changed = sourceIn(files);
  const child = spawn(process.execPath, [cli, program, '--root', program, '--watch', '--preset', 'all', '--certainty', 'likely', '--format', 'json', '--no-cache'], { stdio: ['pipe', 'ignore', 'pipe'] });
  const cpu = () => readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1].split(' ').slice(11, 13).reduce((sum, ticks) => sum + Number(ticks) / 100, 0);
  let before = 0;
  child.stderr.on('data', (said) => {
    if (!said.includes('Watching ')) return;
    const now = cpu();
    rows.push([rows.length === 0 ? 'first audit' : `after change ${rows.length} of one file`, (now - before).toFixed(2)]);
    before = now;
    if (rows.length <= runs) writeFileSync(changed, `${readFileSync(changed, 'utf8')}\nexport const watched${rows.length} = 1;\n`);
    else child.stdin.write('q');
  });
  return new Promise((resolve) => child.on('exit', () => resolve(rows)));
}

function measure(name, rows, run, base) {
  if (run === null) return null;
  const used = least(run);
  rows.push([name, used.cpu.toFixed(2), base ? (used.cpu / base.cpu).toFixed(2) : '', used.rss.toFixed(0), base ? (used.rss / base.rss).toFixed(2) : '']);
  return used;
}

function least(run) {
  const all = Array.from({ length: runs }, run);
  return { cpu: Math.min(...all.map(({ cpu }) => cpu)), rss: Math.min(...all.map(({ rss }) => rss)) };
}

function node(args) {
  const usage = join(work, 'usage.json');
  rmSync(usage, { force: true });
  const result = spawnSync(process.execPath, ['--import', join(home, 'test/bench/usage.mjs'), ...args], { env: { ...process.env, BENCH_USAGE: usage, CI: '1' }, stdio: ['ignore', 'ignore', 'pipe'], maxBuffer: 2 ** 28, encoding: 'utf8' });
  if (!existsSync(usage)) throw new Error(`${args[0]} ended with ${result.status ?? result.signal}\n${result.stderr}`);
  return JSON.parse(readFileSync(usage, 'utf8'));
}

function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  console.log([line(head), line(head.map((_, i) => (i === 0 ? '---' : '--:'))), ...rows.map(line), ''].join('\n'));
}

function tsconfig(program, files) {
  const path = join(work, 'tsconfig.json');
  const compilerOptions = { target: 'es2022', module: 'esnext', moduleResolution: 'bundler', jsx: 'preserve', strict: true, skipLibCheck: true, allowJs: false, noEmit: true, experimentalDecorators: true, emitDecoratorMetadata: true, types: [] };
  writeFileSync(path, JSON.stringify({ compilerOptions, files: files.map((file) => relative(work, file)) }));
  return path;
}

function typescriptFiles(dir) {
  return walk(dir).filter((file) => /\.(?:[cm]?ts|tsx)$/.test(file) && !/\.d\.[cm]?ts$/.test(file)).sort();
}

function walk(dir) {
  return readdirSync(dir).flatMap((name) => {
    const path = join(dir, name);
    const stat = lstatSync(path);
    if (stat.isDirectory()) return NEVER.has(name) ? [] : walk(path);
    return stat.isFile() ? [path] : [];
  });
}

function copy(from, to, keep) {
  for (const file of walk(from)) {
    const path = relative(from, file);
    if (!KEPT.test(path) && basename(path) !== '.gitignore' || !keep(path)) continue;
    mkdirSync(dirname(join(to, path)), { recursive: true });
    cpSync(file, join(to, path));
  }
}
