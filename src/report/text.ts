const INVISIBLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** Analysed code is quoted, never obeyed: escape sequences and direction marks in it must not reach a terminal. */
export function printable(text: string): string {
  return text.replace(INVISIBLE, '\u00b7');
}

/** Text for one line. */
export function oneLine(text: string): string {
  return printable(text.replace(/\s*[\r\n\u2028\u2029]+\s*/g, ' '));
}

export function plural(count: number, noun: string, nouns = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : nouns}`;
}

/** `distributed/no-dual-write` → `no-dual-write`. */
export function bareName(ruleId: string): string {
  return ruleId.replace(/^distributed\//, '');
}
