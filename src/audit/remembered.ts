import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tree } from '../load/tree.ts';
import type { AuditReport } from '../vocabulary/finding.ts';
import type { AuditOptions } from './options.ts';
import type { Sources } from './sources.ts';

/** A question to the tree, and what the answer came to. */
type Question = readonly [kind: Kind, subject: string, answer: string];
type Kind = 'read' | 'isFile' | 'isDirectory' | 'names' | 'real' | 'matching' | 'probe';

/** A report, and all that it was made of besides the options. */
interface Memory {
  /** Names, manifests, errors, what is reported, what is stated of the database and of the deployment. */
  readonly program: string;
  /** By file: its content where its code was looked at, else what was told of it at a glance. */
  readonly files: Readonly<Record<string, string>>;
  readonly questions: readonly Question[];
  readonly report: AuditReport;
}

/** Reports of other options that are kept beside. */
const MAX_KEPT = 8;

/**
 * The report of an earlier run with the same options, given again when nothing that it was made of has changed. An audit is a function of its
 * sources and of what it asks the tree: both are noted, and looked at anew. A file whose code nobody looked at, a test or a page, may change.
 */
export class Remembered {
  /** The tree of the sources, with every question noted. */
  readonly tree: Tree;
  private readonly questions = new Map<string, Question>();
  private readonly file: string;

  /** Null for options that cannot be compared. */
  static of(directory: string, options: AuditOptions, sources: Sources): Remembered | null {
    const text = inText({ ...options, cache: null, onProgress: null });
    return text === null || options.stats ? null : new Remembered(directory, digest(text), sources);
  }

  private constructor(private readonly directory: string, id: string, private readonly sources: Sources) {
    this.file = join(directory, `${id.replaceAll(/[^\w]/g, '_')}.report`);
    const { tree } = sources;
    const noted = <Answer>(kind: Kind, subject: string, answer: Answer): Answer => {
      const key = `${kind}\0${subject}`;
      if (!this.questions.has(key)) this.questions.set(key, [kind, subject, summary(answer)]);
      return answer;
    };
    this.tree = {
      read: (file) => noted('read', file, tree.read(file)),
      isFile: (path) => noted('isFile', path, tree.isFile(path)),
      isDirectory: (path) => noted('isDirectory', path, tree.isDirectory(path)),
      names: (dir) => noted('names', dir, tree.names(dir)),
      real: (path) => noted('real', path, tree.real(path)),
      matching: (dir, patterns) => noted('matching', JSON.stringify([dir, patterns]), tree.matching(dir, patterns)),
      probe: (path) => noted('probe', path, tree.probe(path)),
      clearCache: () => tree.clearCache(),
    };
  }

  /** The report, when it would come out the same. */
  report(): AuditReport | null {
    const memory = this.recall();
    if (memory === null || memory.program !== this.program()) return null;
    const { files, names } = this.sources;
    if (names.some((name) => memory.files[name] !== glance(files.factsOf(name)) && memory.files[name] !== (files.contentOf(name) ?? NEVER))) return null;
    const { tree } = this.sources;
    return memory.questions.every(([kind, subject, answer]) => summary(ask(tree, kind, subject)) === answer) ? memory.report : null;
  }

  /** Keeps the report that was made with {@link tree}. Where that cannot be written, the next run makes it anew. */
  keep(report: AuditReport): void {
    const { files, names } = this.sources;
    const memory: Memory = { program: this.program(), files: Object.fromEntries(names.map((name) => [name, (files.wasLookedAt(name) ? files.contentOf(name) : undefined) ?? glance(files.factsOf(name))])), questions: [...this.questions.values()], report };
    try {
      const body = JSON.stringify(memory);
      mkdirSync(this.directory, { recursive: true });
      const temporary = join(this.directory, `${process.pid}-${randomBytes(6).toString('hex')}.tmp`);
      writeFileSync(temporary, `${digest(body)}\n${body}`, { flag: 'wx' });
      renameSync(temporary, this.file);
      const kept = readdirSync(this.directory).filter((name) => name.endsWith('.report')).map((name) => join(this.directory, name));
      for (const old of kept.map((file) => ({ file, at: statSync(file).mtimeMs })).sort((a, b) => b.at - a.at).slice(MAX_KEPT)) rmSync(old.file, { force: true });
    } catch {
      // As if there were no cache.
    }
  }

  private recall(): Memory | null {
    try {
      const text = readFileSync(this.file, 'utf8');
      const end = text.indexOf('\n');
      const body = text.slice(end + 1);
      return text.slice(0, end) === digest(body) ? (JSON.parse(body) as Memory) : null;
    } catch {
      return null;
    }
  }

  private program(): string {
    const { names, all, manifests, errors, schema, workloads } = this.sources;
    return digest(JSON.stringify([names, all, manifests, errors, schema, workloads, names.map((name) => this.sources.isReported(name))]));
  }
}

/** Of a file whose content is not known: equal to nothing. */
const NEVER = '';

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 22);

const summary = (answer: unknown): string => {
  const text = JSON.stringify(answer) ?? '';
  return text.length <= 22 ? text : digest(text);
};

const glance = (facts: unknown): string => `at a glance: ${digest(JSON.stringify(facts) ?? '')}`;

function ask(tree: Tree, kind: Kind, subject: string): unknown {
  if (kind !== 'matching') return tree[kind](subject);
  const [dir, patterns] = JSON.parse(subject) as [string, string[]];
  return tree.matching(dir, patterns);
}

/** Options as text; null when they hold something that text does not tell. */
function inText(options: unknown): string | null {
  let tells = true;
  const text = JSON.stringify(options, (_, value: unknown) => {
    if (typeof value === 'function' || typeof value === 'symbol' || (typeof value === 'object' && value !== null && !Array.isArray(value) && Object.getPrototypeOf(value) !== Object.prototype && Object.getPrototypeOf(value) !== null)) tells = false;
    return value;
  });
  return tells ? text : null;
}
