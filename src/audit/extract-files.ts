import { emptyFileIR } from '../extract/empty.ts';
import { extract } from '../extract/extract.ts';
import { MAX_BYTES, parse, tooDeep } from '../load/parse.ts';
import { readText } from '../load/read-file.ts';
import type { AuditError } from '../vocabulary/finding.ts';
import type { FileIR } from '../vocabulary/ir.ts';

export interface Extracted {
  readonly irs: ReadonlyMap<string, FileIR>;
  readonly errors: readonly AuditError[];
}

/** The IR of every file; what cannot be read or parsed has none and is an error. */
export async function extractFiles(files: readonly string[], cache: string | false, onProgress: (done: number, total: number) => void): Promise<Extracted> {
  void cache;
  const irs = new Map<string, FileIR>();
  const errors: AuditError[] = [];
  files.forEach((file, i) => {
    irs.set(file, one(file, errors));
    if (i % 100 === 0) onProgress(i, files.length);
  });
  return { irs, errors };
}

function one(file: string, errors: AuditError[]): FileIR {
  const read = readText(file);
  if (read.error !== undefined) {
    errors.push(read.error);
    return emptyFileIR('failed');
  }
  if (read.text.length > MAX_BYTES || tooDeep(read.text)) return emptyFileIR('partial');
  const parsed = parse(file, read.text);
  if (!parsed.complete) {
    const [error] = parsed.errors;
    errors.push({ file, ...(error === undefined ? {} : { line: error.line }), message: error?.message ?? 'cannot be parsed' });
    return emptyFileIR('failed');
  }
  try {
    return extract(parsed.program as never, read.text, parsed.comments as never);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    errors.push({ file, message: 'is nested too deeply' });
    return emptyFileIR('failed');
  }
}
