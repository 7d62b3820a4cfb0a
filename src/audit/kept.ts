import { rememberingTree } from '../load/tree.ts';
import type { ParsedSource } from '../types/morph-oracle.ts';
import type { FileIR } from '../vocabulary/ir.ts';
import type { FileFacts, KnownFacts } from './extract-files.ts';

interface Entry {
  readonly text: string;
  /** Of the cache behind. */
  readonly key: string | undefined;
  facts?: FileFacts;
  ir?: FileIR;
}

/** What a thread that audits a program again and again keeps in memory: texts, facts and IRs of files that stay as they are. */
export class Kept {
  readonly tree = rememberingTree();
  /** The compiler's, who is asked anew each time. */
  readonly parsed = new Map<string, ParsedSource>();
  private readonly files = new Map<string, Entry>();

  /** Whether there was a run before: what is on disk can tell no more than is here. */
  get isWarm(): boolean {
    return this.files.size > 0;
  }

  over(behind: KnownFacts | null): KnownFacts {
    // Its directories may list other files by now.
    this.tree.clearCache();
    return {
      key: (name, text) => {
        if (this.files.get(name)?.text !== text) this.files.set(name, { text, key: behind?.key(name, text) });
        return name;
      },
      facts: (name) => {
        const entry = this.files.get(name)!;
        return (entry.facts ??= entry.key === undefined ? undefined : behind?.facts(entry.key));
      },
      ir: (name) => {
        const entry = this.files.get(name)!;
        return (entry.ir ??= entry.key === undefined ? undefined : behind?.ir(entry.key));
      },
      add: (name, facts, ir) => {
        const entry = this.files.get(name)!;
        entry.facts = facts;
        if (ir !== null) entry.ir = ir;
        if (entry.key !== undefined) behind?.add(entry.key, facts, ir);
      },
    };
  }
}
