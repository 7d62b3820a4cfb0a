/** Markup that is known to be safe; made by {@link markup} only. */
export class Markup {
  constructor(readonly text: string) {}
}

type Part = string | number | Markup | readonly Part[];

/** A template whose values are escaped: whatever the analysed code holds, it is text. */
export function markup(strings: TemplateStringsArray, ...values: readonly Part[]): Markup {
  return new Markup(strings.map((text, at) => (at === 0 ? text : rendered(values[at - 1]!) + text)).join(''));
}

function rendered(value: Part): string {
  if (value instanceof Markup) return value.text;
  return typeof value === 'object' ? value.map(rendered).join('') : escaped(String(value));
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const escaped = (text: string): string => text.replace(/[&<>"']/g, (char) => ENTITIES[char]!);

/** A sentence in which what stands in backticks is code. */
export function prose(sentence: string): Markup {
  return markup`${sentence.split(/`([^`]+)`/).map((part, at) => (at % 2 === 1 ? markup`<code>${part}</code>` : part))}`;
}

/** JSON for a `script` element: nothing in it ends the element or begins a comment. */
export function embedded(value: unknown): Markup {
  return new Markup(JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`));
}
