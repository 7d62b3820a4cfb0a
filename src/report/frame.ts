import type { Location } from '../vocabulary/finding.ts';
import { printable } from './text.ts';

export interface Frame {
  readonly code: string;
  readonly caretsAt: number;
  readonly carets: number;
}

const WIDTH = 120;
const LEAD = 24;

/** The excerpt, without its indentation and cut to one screen line around what is underlined. */
export function frame(excerpt: string, { startLine, startColumn, endLine, endColumn }: Location): Frame {
  const indent = excerpt.length - excerpt.trimStart().length;
  const line = excerpt.trim();
  const from = clamp(startColumn - 1 - indent, 0, line.length);
  const to = endLine > startLine ? line.length : clamp(endColumn - 1 - indent, from, line.length);

  const left = from > WIDTH - LEAD ? from - LEAD : 0;
  const right = Math.min(line.length, left + WIDTH);
  const code = `${left > 0 ? '…' : ''}${line.slice(left, right)}${right < line.length ? '…' : ''}`;
  return {
    // A tab has no fixed width, so carets under code after it would be off.
    code: printable(code.replaceAll('\t', ' ')),
    caretsAt: from - left + (left > 0 ? 1 : 0),
    carets: Math.max(1, Math.min(to, right) - from),
  };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
