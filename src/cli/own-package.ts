import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A file of this package, whether it runs from `src` or from `dist`; undefined when it is not there. */
export function ownFile(...path: readonly string[]): string | undefined {
  const file = join(packageRoot(), ...path);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

export function ownVersion(): string {
  return (JSON.parse(ownFile('package.json')!) as { version: string }).version;
}

export function ruleDocumentation(name: string): string | undefined {
  return ownFile('docs', 'rules', `${name}.md`);
}

function packageRoot(): string {
  let dir = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(dir, 'package.json'))) dir = dirname(dir);
  return dir;
}
