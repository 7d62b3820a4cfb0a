import { createHash } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { readDeployment } from '../deployment/read.ts';
import type { Workload } from '../deployment/workload.ts';
import { readBeside } from '../load/beside.ts';
import { discover } from '../load/discover.ts';
import { selection } from '../load/globs.ts';
import type { ReadResult } from '../load/read-file.ts';
import { diskTree, HeldTree } from '../load/tree.ts';
import { loadWorkspace } from '../load/workspace.ts';
import type { SchemaSource } from '../schema/index.ts';
import type { AuditError, AuditHint } from '../vocabulary/finding.ts';
import type { FileIR } from '../vocabulary/ir.ts';
import { type FileFacts, type KnownFacts, SourceFiles } from './extract-files.ts';
import { AuditFailure, type AuditOptions } from './options.ts';
import { readSchemas } from './schema.ts';
import { relativeTo, type Sources } from './sources.ts';
import { toolVersion } from './version.ts';

/**
 * The first line of a facts file; a record stands on each of the others. No record depends on where the program lies, on time, or on
 * anything but the files it tells of; paths are relative to the program's root.
 */
interface Header {
  readonly format: typeof FORMAT;
  readonly version: string;
  /** Of the package, relative to the root. */
  readonly directory: string;
  readonly lines: number;
  /** Of all that follows. */
  readonly sha256: string;
}

/** A file's `text` is null when it is held as a name only. */
export type FactsRecord =
  | { readonly source: string; readonly text: string | null; readonly facts: FileFacts; readonly ir: boolean }
  | { readonly beside: string; readonly text: string | null }
  | { readonly schema: SchemaSource }
  | { readonly workload: Workload }
  | { readonly link: string; readonly to: string }
  | { readonly error: AuditError }
  /** Directories that the root of a workspace declares as its packages. */
  | { readonly packages: readonly string[] };

const FORMAT = 'distributed-audit facts 1';

/** A record as it is written: one line, and one more for the IR of a source that has one. */
export type FactsLine = readonly [record: string, ir?: string];

/** The lines of a facts file, and what can be told of them. */
export interface Extracted {
  readonly directory: string;
  readonly lines: readonly FactsLine[];
  readonly files: number;
  readonly errors: readonly AuditError[];
}

export interface FactsOptions {
  readonly root: string;
  /** Of the package: the root, or below it. */
  readonly directory: string;
  /** Directories in it that are left out; by default, in the root of a workspace, its packages. */
  readonly without?: ReadonlySet<string>;
  readonly onProgress?: (phase: string, done: number, total: number) => void;
}

const NONE: ReadonlySet<string> = new Set();

/** Packages that the root declares, which have facts of their own. */
export function packagesOf(root: string): ReadonlySet<string> {
  return new Set([...loadWorkspace(root, { manifests: [] }).declared.values()].map(({ dir }) => dir).filter((dir) => dir !== root));
}

export function extractFacts({ root, directory, without = directory === root ? packagesOf(root) : NONE, onProgress }: FactsOptions): Extracted {
  const tree = diskTree();
  const found = discover(root, [], { within: directory, without });
  const names = found.files.map((file) => relativeTo(root, file));
  const irs = new Map<string, FileIR>();
  // No cache: what it knows of a file depends on who asked for it.
  const keeper: KnownFacts = { key: (name) => name, facts: () => undefined, ir: () => undefined, add: (name, _, ir) => void (ir !== null && irs.set(name, ir)) };
  const files = new SourceFiles(root, names, tree, keeper);
  const beside = readBeside(root, found, tree);
  const keyed: [string, FactsLine][] = [];
  const add = (key: string, record: FactsRecord, ir?: FileIR): void => {
    const line: FactsLine = [JSON.stringify(record), ...(ir === undefined ? [] : [JSON.stringify(ir)])] as unknown as FactsLine;
    keyed.push([key, line]);
  };
  files.read((done, total) => onProgress?.('extract', done, total));
  for (const name of names) {
    const ir = irs.get(name);
    add(name, { source: name, text: tree.read(`${root}/${name}`).text ?? null, facts: files.factsOf(name)!, ir: ir !== undefined }, ir);
  }
  for (const [file, { text = null }] of beside.texts) add(relativeTo(root, file), { beside: relativeTo(root, file), text });
  for (const [link, to] of beside.links) add(relativeTo(root, link), { link: relativeTo(root, link), to: relativeTo(root, to) });
  for (const schema of readSchemas(root, found.schemas.map((file) => relativeTo(root, file)), tree)) add(schema.file, { schema });
  for (const workload of readDeployment(root, found, tree)) add(workload.file, { workload });
  const errors = [...found.errors.map(({ file, ...error }) => ({ file: relativeTo(root, file), ...error })), ...files.errors];
  for (const { file, ...error } of found.errors) add(relativeTo(root, file), { error: { file: relativeTo(root, file), ...error } });
  const packages = directory === root ? [...packagesOf(root)].map((dir) => relativeTo(root, dir)).sort() : [];
  if (packages.length > 0) add('', { packages });
  keyed.sort(([a, [first]], [b, [second]]) => (a !== b ? (a < b ? -1 : 1) : first < second ? -1 : 1));
  return { directory: relativeTo(root, directory) || '.', lines: keyed.map(([, line]) => line), files: names.length, errors };
}

export interface FactsFileOptions extends FactsOptions {
  /** Absolute path of the file that is written. */
  readonly out: string;
}

export interface FactsFile {
  readonly directory: string;
  readonly files: number;
  readonly errors: readonly AuditError[];
}

/** Extracts facts into the file that the options name. */
export function factsFile(options: FactsFileOptions): FactsFile {
  const { directory, lines, files, errors } = extractFacts(options);
  try {
    writeFacts(options.out, directory, lines);
  } catch (error) {
    throw new AuditFailure(`the facts cannot be written: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`, { file: options.out }, error);
  }
  return { directory, files, errors };
}

export function writeFacts(file: string, directory: string, lines: readonly FactsLine[]): void {
  const all = lines.flat() as string[];
  const sum = createHash('sha256');
  for (const line of all) sum.update(line).update('\n');
  const header: Header = { format: FORMAT, version: toolVersion(), directory, lines: all.length, sha256: sum.digest('hex') };
  mkdirSync(dirname(file), { recursive: true });
  const fd = openSync(file, 'w');
  try {
    for (const line of [JSON.stringify(header), ...all]) {
      const bytes = Buffer.from(`${line}\n`);
      for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done);
    }
  } finally {
    closeSync(fd);
  }
}

interface Read {
  readonly directory: string;
  readonly lines: readonly Buffer[];
}

/** Throws {@link AuditFailure} for what is no whole facts file of this version. */
function readFacts(file: string): Read {
  const fail = (message: string, cause?: unknown): never => {
    throw new AuditFailure(message, { file }, cause);
  };
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    return fail((error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such facts file' : 'the facts cannot be read', error);
  }
  const header = headerOf(bytes);
  if (header === undefined) return fail('this is no file of `distributed-audit facts`');
  if (header.format !== FORMAT || header.version !== toolVersion()) return fail(`these facts were extracted by distributed-audit ${header.version}, and this is ${toolVersion()}: extract them again`);
  const body = bytes.subarray(bytes.indexOf(LF) + 1);
  if (createHash('sha256').update(body).digest('hex') !== header.sha256) return fail('the facts are incomplete or were changed: extract them again');
  const lines: Buffer[] = [];
  for (let at = 0; at < body.length; ) {
    const end = body.indexOf(LF, at);
    lines.push(body.subarray(at, end));
    at = end + 1;
  }
  return { directory: header.directory, lines };
}

const LF = 10;

function headerOf(bytes: Buffer): Header | undefined {
  try {
    const header = JSON.parse(bytes.toString('utf8', 0, Math.max(0, bytes.indexOf(LF)))) as Header;
    return header.format.startsWith('distributed-audit facts ') && typeof header.version === 'string' ? header : undefined;
  } catch {
    return undefined;
  }
}

/** What the facts of packages say of a program, as if it had been read from `root`. */
export function linkFacts({ root, config }: Pick<AuditOptions, 'root' | 'config'>, given: readonly string[]): Sources & { readonly hints: readonly AuditHint[] } {
  const texts = new Map<string, ReadResult>();
  const links = new Map<string, string>();
  const facts = new Map<string, FileFacts>();
  const irs = new Map<string, Buffer>();
  const schema = new Map<string, SchemaSource>();
  const workloads = new Map<string, Workload>();
  const errors = new Map<string, AuditError>();
  const manifests: string[] = [];
  const packages = new Set<string>();
  const origin = new Map<string, { readonly by: string; readonly line: Buffer }>();
  /** Facts may overlap; they must not differ. */
  const isNew = (key: string, line: Buffer, by: string): boolean => {
    const before = origin.get(key);
    if (before === undefined) return origin.set(key, { by, line }) !== undefined;
    if (!before.line.equals(line)) throw new AuditFailure(`says something else of ${key} than ${relative(root, before.by)}: one of them is out of date, extract both again`, { file: by });
    return false;
  };
  for (const by of given) {
    const { lines } = readFacts(by);
    for (let at = 0; at < lines.length; at += 1) {
      const line = lines[at]!;
      const record = JSON.parse(line.toString('utf8')) as FactsRecord;
      // Not parsed before it is asked for.
      const ir = 'source' in record && record.ir ? lines[++at] : undefined;
      if ('packages' in record) for (const directory of record.packages) packages.add(directory);
      else if ('error' in record) errors.set(line.toString('utf8'), record.error);
      else if ('schema' in record) {
        if (isNew(record.schema.file, line, by)) schema.set(record.schema.file, record.schema);
      } else if ('workload' in record) workloads.set(line.toString('utf8'), record.workload);
      else if ('link' in record) {
        if (isNew(record.link, line, by)) links.set(`${root}/${record.link}`, `${root}/${record.to}`);
      } else {
        const name = 'source' in record ? record.source : record.beside;
        if (!isNew(name, line, by)) continue;
        const file = `${root}/${name}`;
        texts.set(file, record.text === null ? { error: { file, message: 'facts' in record ? (record.facts.error?.message ?? '') : 'is too large' } } : { text: record.text });
        if ('source' in record) facts.set(name, record.facts);
        else if (/(?:^|\/)package\.json$/.test(name)) manifests.push(file);
        if (ir !== undefined) irs.set(name, ir);
      }
    }
  }
  const tree = new HeldTree(texts, links);
  const all = [...facts.keys()].sort();
  const names = all.filter(selection(config));
  const files = new SourceFiles(root, names, tree, {
    key: (name) => name,
    facts: (name) => facts.get(name),
    ir: (name) => (irs.has(name) ? (JSON.parse(irs.get(name)!.toString('utf8')) as FileIR) : undefined),
    add: () => {},
  });
  files.read(() => {});
  return {
    tree, names, all, files, manifests: manifests.sort(), errors: [...errors.values(), ...files.errors],
    schema: [...schema.keys()].sort().map((file) => schema.get(file)!), workloads: [...workloads.keys()].sort().map((line) => workloads.get(line)!), isReported: () => true,
    hints: [...packages].sort().filter((directory) => !origin.has(`${directory}/package.json`)).map((file) => ({ kind: 'missing-facts', file, message: 'The workspace has this package, and no facts of it are given: what it does is unknown.' })),
  };
}
