// `node test/bench/rehearse.mjs CLONE [DIRECTORY] [--commits 20] [--preset strict]`: takes the findings of an older commit as the baseline, replays the commits after
// it with `--since`, and prints a table of what each of them was told. A finding counts as `neither` when it is not new and no changed line lies
// on its path. The clone's work tree is used: give it one that nobody works in.
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { commits: { type: 'string', default: '20' }, preset: { type: 'string', default: 'strict' } } });
const clone = resolve(positionals[0]);
const directory = join(clone, positionals[1] ?? '.');
const baseline = join(directory, 'distributed-baseline.json');
const git = (...args) => execFileSync('git', args, { cwd: clone, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1 << 28 }).trim();
const audit = (...args) => execFileSync(process.execPath, [fileURLToPath(new URL('../../dist/cli.js', import.meta.url)), ...args, '--root', directory, '--preset', values.preset, '--no-cache'], { cwd: directory, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 1 << 28 });

/** Changed lines of the new text, by file relative to the directory. */
function changedLines(commit) {
  const changed = new Map();
  let lines;
  for (const line of git('diff', '--unified=0', '--no-color', `${commit}~1`, commit, '--', directory).split('\n')) {
    const file = /^\+\+\+ b\/(.*)/.exec(line)?.[1];
    const hunk = /^@@ -\S+ \+(\d+)(?:,(\d+))? @@/.exec(line);
    if (file !== undefined) changed.set(relative(directory, join(clone, file)), (lines = []));
    // Lines that were taken out change the ones around them.
    else if (hunk !== null) lines?.push(hunk[2] === '0' ? [Number(hunk[1]), Number(hunk[1]) + 1] : [Number(hunk[1]), Number(hunk[1]) + Number(hunk[2] ?? 1) - 1]);
  }
  return changed;
}

const commits = git('rev-list', '--first-parent', '--no-merges', `--max-count=${Number(values.commits) * 3}`, 'HEAD', '--', directory).split('\n').slice(0, Number(values.commits)).reverse();
const head = git('rev-parse', 'HEAD');
rmSync(baseline, { force: true });
git('checkout', '--force', '--detach', `${commits[0]}~1`);
audit('baseline', 'create');
let known = new Set(JSON.parse(audit('--format', 'json', '--no-baseline', '--exit-zero')).findings.map(({ fingerprint }) => fingerprint));
console.log(`Baseline at ${commits[0].slice(0, 10)}~1: ${known.size} findings.\n\n| commit | files | introduced | touched | neither | fixed |\n| --- | --: | --: | --: | --: | --: |`);
for (const commit of commits) {
  git('checkout', '--force', '--detach', commit);
  const { findings, comparison } = JSON.parse(audit('--since', `${commit}~1`, '--format', 'json', '--no-baseline', '--exit-zero'));
  const changed = changedLines(commit);
  const touched = ({ location, flow }) => [location, ...flow].some(({ file, startLine, endLine = startLine }) => (changed.get(file) ?? []).some(([from, to]) => startLine <= to && endLine >= from));
  const introduced = findings.filter(({ fingerprint }) => !known.has(fingerprint));
  const old = findings.filter(({ fingerprint }) => known.has(fingerprint));
  console.log(`| ${commit.slice(0, 10)} | ${changed.size} | ${introduced.length} | ${old.filter(touched).length} | ${old.filter((finding) => !touched(finding)).length} | ${comparison.fixed} |`);
  known = new Set(JSON.parse(audit('--format', 'json', '--no-baseline', '--exit-zero')).findings.map(({ fingerprint }) => fingerprint));
}
rmSync(baseline, { force: true });
git('checkout', '--force', '--detach', head);
