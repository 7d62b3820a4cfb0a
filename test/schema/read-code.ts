import type { FileIR } from '../../src/vocabulary/ir.ts';
import type { TableFacts } from '../../src/vocabulary/schema.ts';
import { extract } from '../../src/extract/extract.ts';
import { parse } from '../../src/load/parse.ts';
import { readCodeSchema } from '../../src/schema/index.ts';

export function irOf(code: string, file = 'a.ts'): FileIR {
  const { program, comments } = parse(file, code);
  return extract(program, code, comments);
}

export const tablesOf = (code: string, file = 'a.ts'): TableFacts[] =>
  readCodeSchema(file, irOf(code, file), (offset) => code.slice(0, offset).split('\n').length);

/** `User: primary id | email | partial a,b`. */
export const summary = (code: string, file?: string): string[] =>
  tablesOf(code, file).map(
    (table) =>
      `${table.name}: ${table.unique.map((key) => `${key.primary ? 'primary ' : ''}${key.partial ? 'partial ' : ''}${key.columns.join(',')}`).join(' | ')}`,
  );
