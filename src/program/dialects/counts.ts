import type { Machine } from '../machine.ts';
import { runFunction } from '../run.ts';
import { type Value, asText, settled } from '../value.ts';

/** What columns are made with that count or sum rows. */
const AGGREGATES = new Set(['count', 'countAll', 'countDistinct', 'sum', 'sumDistinct']);
const IN_TEXT = /\b(?:count|sum)\s*\(/i;

/**
 * Columns of a selection that count or sum rows: `{ total: count() }`, `[eb.fn.countAll().as('total')]`, or a function of the builder that
 * gives these. `all`: nothing else is selected, `count('* as total')`.
 */
export function countedColumns(m: Machine, given: Value, client: Value | null, all: boolean): string[] {
  const value = settled(given);
  switch (value.k) {
    case 'object': return [...value.props].filter(([, column]) => all || counts(column, 0)).map(([name]) => name);
    case 'array': return value.items.flatMap((item) => countedColumns(m, item, client, all));
    case 'literal': return all && typeof value.value === 'string' ? [value.value.split(/\s+as\s+/i).at(-1)!] : [];
    case 'function': {
      if (client === null) return [];
      m.walk.silent += 1;
      const column = runFunction(m, value, [client], value.self, null);
      m.walk.silent -= 1;
      return countedColumns(m, column, client, all);
    }
    default: {
      const alias = value.k === 'derived' && counts(value, 0) ? asText(value.from.at(-1)) : undefined;
      return alias === undefined ? [] : [alias];
    }
  }
}

function counts(given: Value, depth: number): boolean {
  const value = settled(given);
  if (depth > 4) return false;
  if (value.k === 'template') return value.quasis.some((text) => IN_TEXT.test(text));
  if (value.k === 'library') return value.type.shape.role === undefined && value.args.some((arg) => counts(arg, depth + 1));
  return value.k === 'derived' && (AGGREGATES.has(value.op) || value.from.some((part) => counts(part, depth + 1)));
}
