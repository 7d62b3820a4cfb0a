import { statSync } from 'node:fs';
import { contentHash } from '../load/content-hash.ts';
import { readText } from '../load/read-file.ts';
import type { FileIR } from '../vocabulary/ir.ts';
import { irOfText } from './linted-file.ts';

interface OnDisk {
  readonly ir: FileIR | undefined;
  readonly hash: string;
  readonly stamp: string;
}

/** The IR of files, each text extracted once, whether ESLint had parsed it or it was read because something imports it. */
export class FileStore {
  private readonly disk = new Map<string, OnDisk>();
  private readonly linted = new Map<string, { readonly hash: string; readonly ir: FileIR }>();

  constructor(private readonly root: string) {}

  /** What ESLint lints, which may differ from what is saved. */
  lint(file: string, text: string, make: () => FileIR): FileIR {
    const hash = contentHash(text);
    const saved = this.disk.get(file);
    if (saved?.hash === hash && saved.ir !== undefined) return saved.ir;
    const known = this.linted.get(file);
    if (known?.hash === hash) return known.ir;
    const ir = make();
    this.linted.set(file, { hash, ir });
    return ir;
  }

  /** What is saved, as it was when it was first read. */
  read(file: string): FileIR | undefined {
    let known = this.disk.get(file);
    if (known === undefined) this.disk.set(file, (known = this.load(file)));
    return known.ir;
  }

  private load(file: string): OnDisk {
    const path = `${this.root}/${file}`;
    const stamp = stampOf(path);
    const { text } = readText(path);
    if (text === undefined) return { ir: undefined, hash: '', stamp };
    const hash = contentHash(text);
    const linted = this.linted.get(file);
    return { ir: linted?.hash === hash ? linted.ir : irOfText(file, text), hash, stamp };
  }

  /** Forgets files that have changed since they were read; whether there were any. */
  refresh(): boolean {
    let changed = false;
    for (const [file, { stamp }] of this.disk) {
      if (stampOf(`${this.root}/${file}`) === stamp) continue;
      this.disk.delete(file);
      changed = true;
    }
    return changed;
  }
}

/** Changes when a file or directory does. */
export function stampOf(path: string): string {
  try {
    const { mtimeMs, size } = statSync(path);
    return `${mtimeMs}:${size}`;
  } catch {
    return '';
  }
}
