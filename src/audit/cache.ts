import { createHash, randomBytes } from 'node:crypto';
import { closeSync, fstatSync, mkdirSync, openSync, readdirSync, readFileSync, readSync, renameSync, rmSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FileIR } from '../vocabulary/ir.ts';
import type { FileFacts } from './extract-files.ts';
import { toolVersion } from './version.ts';

/** Where an IR stands in a pack. */
interface Place { readonly pack: number; readonly offset: number; readonly length: number; readonly sum: string }
interface Entry { readonly facts: FileFacts; readonly place: Place | null }
/** An entry as written: key, facts, and offset, length and checksum of the IR when there is one. */
type Row = readonly [key: string, facts: FileFacts, offset: number, length: number, sum: string];

const MAGIC = 'distributed-audit pack 1';
const FOOTER = 128;
const BUFFERED = 1 << 20;
/** More files than this are joined into one. */
const MAX_PACKS = 6;

/**
 * What was read from files, by the hash of their name and text: facts at once, IRs when asked for. A run adds at most one pack, in
 * place under its name only when it is complete; anything that cannot be read back is as if it were not there.
 */
export class Cache {
  private readonly entries = new Map<string, Entry>();
  private readonly used = new Set<string>();
  private readonly packs: { readonly file: string; readonly fd: number; readonly rows: number }[] = [];
  /** Where what this version of the program keeps stands. */
  readonly directory: string;
  private readonly salt: string;
  private writer: Writer | null = null;
  private broken = false;

  constructor(location: string) {
    this.salt = saltOf();
    this.directory = join(location, this.salt.slice(0, 16));
    this.open();
  }

  key(name: string, text: string): string {
    return createHash('sha256').update(`${this.salt}\0${name}\0`).update(text).digest('base64url').slice(0, 27);
  }

  facts(key: string): FileFacts | undefined {
    const entry = this.entries.get(key);
    if (entry !== undefined) this.used.add(key);
    return entry?.facts;
  }

  ir(key: string): FileIR | undefined {
    const place = this.entries.get(key)?.place;
    if (place == null) return undefined;
    const bytes = this.bytes(place);
    if (bytes === undefined) return undefined;
    try {
      return JSON.parse(bytes.toString('utf8')) as FileIR;
    } catch {
      return undefined;
    }
  }

  add(key: string, facts: FileFacts, ir: FileIR | null): void {
    this.used.add(key);
    if (this.broken) return;
    const text = ir === null ? null : written(ir);
    if (text === undefined) return;
    try {
      this.writer ??= new Writer(this.directory);
      this.writer.add(key, facts, text);
    } catch {
      this.broken = true; // No space, no permission: the run goes on without.
    }
  }

  /** Puts in place what was added. */
  close(): void {
    try {
      const dead = this.entries.size - [...this.used].filter((key) => this.entries.has(key)).length;
      if (this.broken) this.writer?.abandon();
      else if (this.writer !== null && (this.packs.length >= MAX_PACKS || dead > this.entries.size / 2)) this.join();
      if (!this.broken) this.writer?.finish();
    } catch {
      // As if there were no cache.
    }
    for (const { fd } of this.packs) closeSync(fd);
    this.packs.length = 0;
  }

  private open(): void {
    for (const file of names(this.directory)) {
      let fd: number;
      try {
        fd = openSync(join(this.directory, file), 'r');
      } catch {
        continue;
      }
      const rows = rowsOf(fd);
      if (rows === null) {
        closeSync(fd);
        rmSync(join(this.directory, file), { force: true });
        continue;
      }
      const pack = this.packs.push({ file, fd, rows: rows.length }) - 1;
      // A later row of a file has the IR that an earlier one lacked.
      for (const [key, facts, offset, length, sum] of rows) {
        const place = length > 0 ? { pack, offset, length, sum } : (this.entries.get(key)?.place ?? null);
        this.entries.set(key, { facts, place });
      }
    }
  }

  /** Copies what this run used into its own pack and drops the others. */
  private join(): void {
    const added = this.writer!.keys;
    for (const key of this.used) {
      const entry = this.entries.get(key);
      if (entry === undefined || added.has(key)) continue;
      this.writer!.add(key, entry.facts, entry.place === null ? null : (this.bytes(entry.place) ?? null));
    }
    this.writer!.finish();
    this.writer = null;
    // Who reads one of them now holds it open.
    for (const { file } of this.packs) rmSync(join(this.directory, file), { force: true });
  }

  private bytes({ pack, offset, length, sum }: Place): Buffer | undefined {
    try {
      const bytes = Buffer.allocUnsafe(length);
      if (readSync(this.packs[pack]!.fd, bytes, 0, length, offset) !== length) return undefined;
      return checksum(bytes) === sum ? bytes : undefined;
    } catch {
      return undefined;
    }
  }
}

function written(ir: FileIR): Buffer | undefined {
  try {
    return Buffer.from(JSON.stringify(ir));
  } catch {
    return undefined; // Nested too deeply to be written.
  }
}

class Writer {
  readonly keys = new Set<string>();
  private readonly rows: Row[] = [];
  private readonly temporary: string;
  private readonly fd: number;
  private pending: Buffer[] = [];
  private held = 0;
  private offset = 0;

  constructor(private readonly dir: string) {
    mkdirSync(dir, { recursive: true });
    this.temporary = join(dir, `${process.pid}-${randomBytes(6).toString('hex')}.tmp`);
    this.fd = openSync(this.temporary, 'wx');
  }

  add(key: string, facts: FileFacts, ir: Buffer | null): void {
    this.rows.push([key, facts, this.offset + this.held, ir?.length ?? 0, ir === null ? '' : checksum(ir)]);
    this.keys.add(key);
    if (ir === null) return;
    this.pending.push(ir);
    this.held += ir.length;
    if (this.held >= BUFFERED) this.flush();
  }

  finish(): void {
    const index = Buffer.from(JSON.stringify(this.rows));
    const footer = Buffer.alloc(FOOTER, ' ');
    footer.write(JSON.stringify([MAGIC, this.offset + this.held, index.length, checksum(index)]));
    this.pending.push(index, footer);
    this.flush();
    closeSync(this.fd);
    // Packs are read in the order of their names.
    renameSync(this.temporary, join(this.dir, `${String(Date.now()).padStart(14, '0')}-${randomBytes(4).toString('hex')}.pack`));
  }

  abandon(): void {
    closeSync(this.fd);
    rmSync(this.temporary, { force: true });
  }

  private flush(): void {
    const bytes = Buffer.concat(this.pending);
    for (let done = 0; done < bytes.length; ) done += writeSync(this.fd, bytes, done);
    this.offset += this.held;
    this.pending = [];
    this.held = 0;
  }
}

function names(dir: string): string[] {
  try {
    const all = readdirSync(dir).sort();
    for (const file of all) if (file.endsWith('.tmp') && isLeftOver(join(dir, file))) rmSync(join(dir, file), { force: true });
    return all.filter((file) => file.endsWith('.pack'));
  } catch {
    return [];
  }
}

/** What a run that was killed has left behind. */
function isLeftOver(path: string): boolean {
  try {
    const fd = openSync(path, 'r');
    const { mtimeMs } = fstatSync(fd);
    closeSync(fd);
    return Date.now() - mtimeMs > 3_600_000;
  } catch {
    return false;
  }
}

function rowsOf(fd: number): Row[] | null {
  try {
    const { size } = fstatSync(fd);
    const footer = Buffer.alloc(FOOTER);
    if (readSync(fd, footer, 0, FOOTER, size - FOOTER) !== FOOTER) return null;
    const [magic, offset, length, sum] = JSON.parse(footer.toString('latin1')) as [string, number, number, string];
    if (magic !== MAGIC || offset + length + FOOTER !== size) return null;
    const index = Buffer.allocUnsafe(length);
    if (readSync(fd, index, 0, length, offset) !== length || checksum(index) !== sum) return null;
    return JSON.parse(index.toString('utf8')) as Row[];
  } catch {
    return null;
  }
}

const checksum = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('base64url').slice(0, 16);

/** Changes with whatever may change an IR or a report: this program, what it reads with, Node. */
function saltOf(): string {
  const salt = createHash('sha256').update(`${toolVersion()}\0${process.version}\0`);
  try {
    salt.update(readFileSync(fileURLToPath(import.meta.url)));
    // The parts of a build are named by what is in them.
    for (const name of readdirSync(dirname(fileURLToPath(import.meta.url))).sort()) salt.update(`${name}\0`);
    for (const name of ['oxc-parser', 'oxc-resolver', 'tinyglobby', 'ts-morph']) salt.update(readFileSync(createRequire(import.meta.url).resolve(`${name}/package.json`)));
  } catch {
    // The version has to do.
  }
  return salt.digest('hex');
}
