import { createRequire } from 'node:module';
import { ownVersion } from './own-package.ts';

/** With the compiler that reads types, which is not the project's own: the first thing to ask when the two disagree. */
export async function versions(): Promise<string> {
  const { ts } = await import('ts-morph');
  const morph = createRequire(import.meta.url)('ts-morph/package.json') as { version: string };
  return `distributed-audit ${ownVersion()}\nTypeScript ${ts.version} (ts-morph ${morph.version})\nNode.js ${process.versions.node}\n`;
}
