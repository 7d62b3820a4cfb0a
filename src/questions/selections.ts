import type { FileIR } from '../vocabulary/ir.ts';
import type { Occurrence } from '../program/effect.ts';
import { Machine } from '../program/machine.ts';
import { singular } from './records.ts';
import { discover, isAnalysed } from '../program/roots.ts';

/** Beyond this a name is no name any more: nobody can say who else selects these rows. */
const MAX_FILES = 120;

const known = new WeakMap<Machine, Map<string, readonly Occurrence[] | null>>();

/**
 * Reads and writes, anywhere in the program, of a table by a column, each function followed by itself. For what has its other half in
 * another execution: a sweeper, a job that resumes. Null when there are too many places to look at.
 */
export function selectionsOf(m: Machine, table: string, column: string): readonly Occurrence[] | null {
  const { host } = m.program;
  const key = `${table}\0${column}`;
  let found = known.get(m)?.get(key);
  if (found !== undefined) return found;
  const wanted = singular(table);
  const pattern = new RegExp(`\\b${column}\\b`);
  const files = (host.naming?.(pattern) ?? host.files().filter((file) => isAnalysed(host.role(file)) && words(host.ir(file)).has(column))).filter((file) => [...words(host.ir(file))].some((word) => singular(word).includes(wanted)));
  found = files.length > MAX_FILES ? null : collect(m, files, table);
  let answers = known.get(m);
  if (answers === undefined) known.set(m, (answers = new Map()));
  answers.set(key, found);
  return found;
}

function collect(m: Machine, files: readonly string[], table: string): readonly Occurrence[] {
  const found: Occurrence[] = [];
  const machine = new Machine(m.program);
  machine.onEffect = (occurrence) => {
    const { effect } = occurrence;
    if ((effect.kind === 'read' || effect.kind === 'write') && effect.resource !== null && singular(effect.resource) === singular(table)) found.push(occurrence);
  };
  discover(machine, files);
  return found;
}

const vocabularies = new WeakMap<FileIR, ReadonlySet<string>>();

/** Names and words of texts in a file. */
function words(ir: FileIR | undefined): ReadonlySet<string> {
  if (ir === undefined) return new Set();
  let found = vocabularies.get(ir);
  if (found !== undefined) return found;
  const all = new Set<string>();
  const text = (value: unknown): void => {
    if (typeof value === 'string' && value.length < 4_000) for (const word of value.split(/\W+/)) if (word !== '') all.add(word);
  };
  for (const record of ir.module.imports) text(record.name);
  for (const known of ir.classes) text(known.name);
  for (const fn of ir.functions) {
    for (const term of fn.values) {
      if (term[0] === 'lit') text(term[1]);
      else if (term[0] === 'get') text(term[2]);
      else if (term[0] === 'import') text(term[2]);
      else if (term[0] === 'tpl') term[1].forEach(text);
      else if (term[0] === 'obj') for (const prop of term.slice(1) as (readonly unknown[])[]) text(prop[0]);
    }
    for (const event of fn.body) if (event[0] === 'tag') event[3].forEach(text);
  }
  vocabularies.set(ir, (found = all));
  return found;
}
