// `node threads.mjs PROGRAM`: reads and extracts a program in one thread, as the audit does; then in one and in two that hand over what they
// found, as JSON, and reads that. Prints milliseconds: [name, wall, CPU of the process where it does nothing else].
import { readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

const program = process.argv[2];
const thread = fileURLToPath(new URL('../../dist/audit-thread.js', import.meta.url));
const resourceLimits = { stackSizeMb: 256, maxYoungGenerationSizeMb: 192 };

const perform = (task) => new Promise((resolve, reject) => {
  const worker = new Worker(thread, { workerData: { task, progress: false }, resourceLimits });
  worker.on('message', (message) => ('result' in message ? resolve(JSON.parse(message.result)) : reject(new Error(message.error.message))));
});

async function measured(name, body) {
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  const milliseconds = await body();
  const { user, system } = process.cpuUsage(cpu);
  console.log(JSON.stringify([name, milliseconds ?? performance.now() - start, milliseconds === undefined ? (user + system) / 1000 : null]));
}

/** Directories of the program in two halves of about the same size. */
function halves() {
  const ignored = new Set(['node_modules', '.git', 'dist']);
  const size = (dir) => readdirSync(dir, { withFileTypes: true }).reduce((sum, entry) => sum + (entry.isDirectory() ? (ignored.has(entry.name) ? 0 : size(join(dir, entry.name))) : /\.[cm]?[jt]sx?$/.test(entry.name) ? statSync(join(dir, entry.name)).size : 0), 0);
  const inside = (dir) => readdirSync(dir, { withFileTypes: true }).filter((entry) => entry.isDirectory() && !ignored.has(entry.name)).map(({ name }) => join(dir, name));
  const piles = [{ bytes: 0, dirs: new Set() }, { bytes: 0, dirs: new Set() }];
  const dirs = inside(program).flatMap(inside).map((dir) => ({ dir, bytes: size(dir) })).sort((a, b) => b.bytes - a.bytes);
  for (const { dir, bytes } of dirs) {
    const [pile] = piles.toSorted((a, b) => a.bytes - b.bytes);
    pile.bytes += bytes;
    pile.dirs.add(dir);
  }
  return piles.map(({ dirs: own }) => own);
}

async function handedOver(parts) {
  const files = parts.map((_, at) => join(tmpdir(), `threads-${process.pid}-${at}.jsonl`));
  await Promise.all(parts.map((without, at) => perform({ facts: { root: program, directory: program, without, out: files[at] } })));
  for (const file of files) {
    for (const line of readFileSync(file, 'utf8').split('\n')) if (line !== '') JSON.parse(line);
    rmSync(file);
  }
}

const audit = { root: program, paths: [], preset: 'all', rules: {}, certainty: 'likely', cache: false, types: 'off', config: {}, stats: true };
await measured('in the thread of the audit', async () => (await perform({ audit })).stats.milliseconds.extract);
await measured('one thread, handed over', () => handedOver([new Set()]));
const [a, b] = halves();
await measured('two threads, handed over', () => handedOver([b, a]));
process.exit(0);
