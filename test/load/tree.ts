import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { onTestFinished } from 'vitest';

export interface Tree {
  readonly root: string;
  at(path: string): string;
  /** Relative to the root, with `/`. */
  rel(file: string): string;
  write(path: string, content: string | Buffer | object): void;
  remove(path: string): void;
  link(path: string, target: string): void;
}

/** A directory that lives as long as the test: path → text, or an object written as JSON. */
export function tree(files: Readonly<Record<string, string | Buffer | object>>): Tree {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'load-')));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const at = (path: string): string => join(root, path);
  const made: Tree = {
    root,
    at,
    rel: (file) => relative(root, file).replaceAll(sep, '/'),
    write(path, content) {
      mkdirSync(dirname(at(path)), { recursive: true });
      writeFileSync(at(path), typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content));
    },
    remove: (path) => rmSync(at(path), { recursive: true }),
    link(path, target) {
      mkdirSync(dirname(at(path)), { recursive: true });
      symlinkSync(target, at(path));
    },
  };
  for (const [path, content] of Object.entries(files)) made.write(path, content);
  return made;
}
