import type { Region } from '../program/effect.ts';
import { type Value, settled } from '../program/value.ts';

/** Hands a clock reading on as exactly as it was: any other operation may cut it to a day or a bucket. */
const EXACT = new Set(['+', 'toString', 'String', 'valueOf', 'getTime', 'toISOString', 'toJSON', 'join', 'concat', '||', '??', 'JSON.stringify', 'stringify']);

/** Whether the value differs each time the region is run again. `unknown`: in some cases. */
export function changesWith(value: Value, region: Region): 'yes' | 'no' | 'unknown' {
  return visit(value, region, true, new Set(), 0);
}

function visit(given: Value, region: Region, exact: boolean, seen: Set<Value>, depth: number): 'yes' | 'no' | 'unknown' {
  const value = settled(given);
  if (seen.has(value) || depth > 10) return 'no';
  seen.add(value);
  const part = (of: Value, keeps = exact): 'yes' | 'no' | 'unknown' => visit(of, region, keeps, seen, depth + 1);
  switch (value.k) {
    case 'source': {
      if (!value.regions.includes(region.id)) return 'no';
      if (value.yields === 'random' || value.yields === 'id' || value.yields === 'sortable-id') return 'yes';
      return exact ? 'yes' : 'unknown';
    }
    case 'phi': {
      const answers = value.options.map((option) => part(option));
      return answers.every((answer) => answer === 'yes') ? 'yes' : answers.every((answer) => answer === 'no') ? 'no' : 'unknown';
    }
    case 'template': return worst(value.values.map((held) => part(held)));
    case 'derived': return worst(value.from.map((from) => part(from, exact && EXACT.has(value.op))));
    case 'array': return worst(value.items.map((item) => part(item)));
    case 'object': return worst([...value.props.values()].map((held) => part(held)));
    case 'access': {
      const of = settled(value.of);
      // `job.attemptsMade`
      if (of.k === 'library' && typeof value.key === 'string' && of.type.shape.perDelivery?.includes(value.key) === true && region.kind === 'entry') return 'yes';
      return of.k === 'derived' || of.k === 'access' || of.k === 'source' ? part(of, false) : 'no';
    }
    case 'library': return value.row === undefined ? worst(value.args.map((arg) => part(arg))) : 'no';
    default: return 'no';
  }
}

const worst = (answers: readonly ('yes' | 'no' | 'unknown')[]): 'yes' | 'no' | 'unknown' => (answers.includes('yes') ? 'yes' : answers.includes('unknown') ? 'unknown' : 'no');
