/** JSON as tsconfig files have it: comments, trailing commas and a byte order mark are fine, and what precedes an error is kept. */
export interface JsonResult {
  readonly value: unknown;
  readonly error?: { readonly message: string; readonly offset: number };
}

/** Deeper input is an attack or a mistake, and recursion must end. */
const MAX_DEPTH = 200;

export function parseJson(text: string): JsonResult {
  try {
    return { value: JSON.parse(text) };
  } catch {
    try {
      return new Reader(text).document();
    } catch {
      return { value: undefined, error: { message: 'The file is too large or too odd', offset: 0 } };
    }
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

class Reader {
  readonly #text: string;
  #at = 0;
  #error: { message: string; offset: number } | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  document(): JsonResult {
    this.#space();
    const value = this.#value(0);
    this.#space();
    if (this.#at < this.#text.length) this.#fail('Unexpected text after the end of the JSON value');
    return this.#error ? { value, error: this.#error } : { value };
  }

  #value(depth: number): unknown {
    if (depth > MAX_DEPTH) return this.#fail('JSON is nested too deeply');
    const char = this.#text[this.#at];
    if (char === '{') return this.#object(depth);
    if (char === '[') return this.#array(depth);
    if (char === '"') return this.#string();
    const word = /[-+.\w]+/y;
    word.lastIndex = this.#at;
    const found = word.exec(this.#text)?.[0];
    if (found === undefined) return this.#fail(char === undefined ? 'Unexpected end of the file' : `Unexpected ${JSON.stringify(char)}`);
    try {
      const value: unknown = JSON.parse(found);
      this.#at += found.length;
      return value;
    } catch {
      return this.#fail(`Unexpected ${JSON.stringify(found)}`);
    }
  }

  #object(depth: number): Record<string, unknown> {
    const object: Record<string, unknown> = {};
    this.#at++;
    for (;;) {
      this.#space();
      if (this.#take('}')) return object;
      if (this.#text[this.#at] !== '"') {
        this.#fail('Expected a property name in double quotes or "}"');
        return object;
      }
      const key = this.#string();
      this.#space();
      if (!this.#take(':')) {
        this.#fail('Expected ":"');
        return object;
      }
      this.#space();
      const value = this.#value(depth + 1);
      if (value !== undefined) Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
      if (this.#error || !this.#separator('}')) return object;
    }
  }

  #array(depth: number): unknown[] {
    const array: unknown[] = [];
    this.#at++;
    for (;;) {
      this.#space();
      if (this.#take(']')) return array;
      const value = this.#value(depth + 1);
      if (value !== undefined) array.push(value);
      if (this.#error || !this.#separator(']')) return array;
    }
  }

  /** After an element: true when a comma or the closing bracket follows (the bracket is left). */
  #separator(close: string): boolean {
    this.#space();
    if (this.#take(',') || this.#text[this.#at] === close) return true;
    this.#fail(`Expected "," or "${close}"`);
    return false;
  }

  #string(): string {
    const literal = /"(?:[^"\\\n\r]|\\.)*"/y;
    literal.lastIndex = this.#at;
    const found = literal.exec(this.#text)?.[0];
    try {
      if (found !== undefined) {
        const value = JSON.parse(found.replaceAll('\t', '\\t')) as string;
        this.#at += found.length;
        return value;
      }
    } catch {
      // An escape that JSON does not know.
    }
    this.#fail('Unfinished or malformed string');
    return '';
  }

  #space(): void {
    const blank = /(?:[\s\uFEFF]|\/\/[^\n\r]*|\/\*[^]*?\*\/)*/y;
    blank.lastIndex = this.#at;
    blank.exec(this.#text);
    this.#at = blank.lastIndex;
  }

  #take(char: string): boolean {
    if (this.#text[this.#at] !== char) return false;
    this.#at++;
    return true;
  }

  #fail(message: string): undefined {
    this.#error ??= { message, offset: this.#at };
    this.#at = this.#text.length;
    return undefined;
  }
}
