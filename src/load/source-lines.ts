/** Offsets of one text to 1-based lines and columns (UTF-16 units, as editors count) and back. Built once, asked by binary search. */
export interface SourceLines {
  readonly count: number;
  /** Clamped to the text: any number gives a place. */
  position(offset: number): { readonly line: number; readonly column: number };
  /** Clamped to the line, so that a column beyond its end means its end. */
  offset(line: number, column: number): number;
  /** Text of a 1-based line without its terminator; '' when there is no such line. */
  text(line: number): string;
  slice(start: number, end: number): string;
}

const CR = 13;
const LF = 10;
const LINE_SEPARATOR = 0x2028;
const PARAGRAPH_SEPARATOR = 0x2029;

export function sourceLines(text: string): SourceLines {
  const starts = lineStarts(text);

  function lineEnd(index: number): number {
    let end = index + 1 < starts.length ? starts[index + 1]! : text.length;
    while (end > starts[index]! && isTerminator(text.charCodeAt(end - 1))) end--;
    return end;
  }

  return {
    count: starts.length,
    slice: (start, end) => text.slice(start, end),
    position(offset) {
      const at = Math.max(0, Math.min(Math.trunc(offset) || 0, text.length));
      let low = 0;
      let high = starts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (starts[middle]! <= at) low = middle;
        else high = middle - 1;
      }
      return { line: low + 1, column: at - starts[low]! + 1 };
    },
    offset(line, column) {
      const index = Math.max(0, Math.min(line - 1, starts.length - 1));
      return Math.min(starts[index]! + Math.max(0, column - 1), lineEnd(index));
    },
    text(line) {
      const start = starts[line - 1];
      return start === undefined ? '' : text.slice(start, lineEnd(line - 1));
    },
  };
}

function isTerminator(code: number): boolean {
  return code === LF || code === CR || code === LINE_SEPARATOR || code === PARAGRAPH_SEPARATOR;
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > CR && code < LINE_SEPARATOR) continue;
    if (!isTerminator(code)) continue;
    if (code === CR && text.charCodeAt(i + 1) === LF) i++;
    starts.push(i + 1);
  }
  return starts;
}
