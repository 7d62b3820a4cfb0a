/** How a store's client spells that the store itself adds to a field. */
export type CounterSpelling = 'prisma' | 'mongo';

const NUMBER = '[\\w$]+(?:\\.[\\w$]+)*';

/**
 * The text of a write that gives `field` a value counted up or down from what was read, with the client's atomic operator instead;
 * null when the text is not so plain that this surely says the same.
 */
export function counterEdit(call: string, field: string, spelling: CounterSpelling): string | null {
  if (!/^[\w$]+$/.test(field)) return null;
  const given = new RegExp(`(?<![\\w$.])(["']?)${field.replaceAll('$', '\\$')}\\1\\s*:\\s*[\\w$]+(?:!?\\.[\\w$]+)*\\s*([+-])\\s*(${NUMBER})(?=\\s*[,}])`, 'g');
  const [found, ...others] = [...call.matchAll(given)];
  if (found === undefined || others.length > 0) return null;
  const [whole, , sign, delta] = found as unknown as [string, string, '+' | '-', string];
  // `+` joins texts as well, and what a name holds the text does not say.
  if (sign === '+' && !/^\d/.test(delta)) return null;
  const at = found.index;
  const replaced = (start: number, end: number, text: string): string => call.slice(0, start) + text + call.slice(end);
  if (spelling === 'prisma') return replaced(at, at + whole.length, `${field}: { ${sign === '+' ? 'increment' : 'decrement'}: ${delta} }`);
  // `$set: { n: doc.n + 1 }` alone in its braces, or the whole update: other fields would have to move elsewhere.
  const alone = /\{\s*$/.exec(call.slice(0, at));
  const end = /^\s*,?\s*\}/.exec(call.slice(at + whole.length));
  if (alone === null || end === null) return null;
  const set = /\$set\s*:\s*$/.exec(call.slice(0, alone.index));
  const counted = `{ ${field}: ${sign === '+' ? '' : '-'}${delta} }`;
  const until = at + whole.length + end[0].length;
  return set === null ? replaced(alone.index, until, `{ $inc: ${counted} }`) : replaced(set.index, until, `$inc: ${counted}`);
}
