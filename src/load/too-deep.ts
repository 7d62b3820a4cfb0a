/** More levels than written code has, and far fewer than the parser's native stack and a recursive walk stand. */
const LIMIT = 1000;

/**
 * Whether a recursive parser or walk could overflow its stack on this text. One pass and no tree, so it is safe on a thread with an
 * ordinary stack, before `parse`. Strings, comments, templates and regular expressions are passed over as far as can be told without
 * parsing. Counted are open brackets and whatever nests without them since the last separator: operators (`a + b`, `!!a`, `a ? b : c`,
 * `x => y =>`), calls (`a.b().c()`), `else if`, braceless `if`/`for`, labels, type arguments, JSX elements.
 */
export function tooDeep(text: string, limit = LIMIT): boolean {
  if (text.length <= limit) return false;
  const scan = new Scan(text, true, limit);
  return scan.exceeds() || (scan.openTemplate && new Scan(text, false, limit).exceeds());
}

/** What came before, as far as it decides how the next token reads. */
type Before = 'operator' | 'operand' | 'head' | 'end';

/** An open bracket with the counts that stood outside it. */
interface Outer {
  readonly before: Before;
  readonly template: boolean;
  readonly run: number;
  readonly control: number;
  readonly angles: number;
  readonly tags: number;
  readonly markup: number;
}

const HEADED = new Set(['if', 'for', 'while', 'with']);
const CONTINUES = new Set(['else', 'catch', 'finally', 'in', 'of', 'instanceof', 'as', 'satisfies', 'is', 'extends', 'implements']);
const EXPECTS_OPERAND = new Set(
  ['typeof', 'void', 'delete', 'await', 'new', 'yield', 'throw', 'return', 'keyof', 'infer', 'unique', 'asserts', 'readonly', 'async', 'case', 'else', 'do']
    .concat([...CONTINUES]),
);

class Scan {
  /** The text ended within a template literal: more likely a backtick was misread. */
  openTemplate = false;
  readonly #text: string;
  readonly #templates: boolean;
  #at = 0;
  #before: Before = 'operator';
  #newline = true;
  #word = '';
  readonly #outer: Outer[] = [];
  /** Sum of the counts of all outer levels. */
  #outside = 0;
  #run = 0;
  #control = 0;
  #angles = 0;
  #tags = 0;
  /** The run before the outermost open JSX element: within it only brackets and elements nest. */
  #markup = 0;
  #rescanned = 0;

  constructor(text: string, templates: boolean, private readonly limit: number) {
    this.#text = text;
    this.#templates = templates;
  }

  exceeds(): boolean {
    while (this.#at < this.#text.length) {
      this.#token();
      if (this.#outer.length + this.#outside + this.#run + this.#control + this.#tags > this.limit) return true;
    }
    return false;
  }

  #token(): void {
    const text = this.#text;
    const code = text.charCodeAt(this.#at);
    if (isWord(code)) return this.#wordToken();
    const char = text[this.#at]!;
    const word = this.#word;
    this.#word = '';
    switch (char) {
      case ' ':
      case '\t':
      case '\r':
        this.#word = word;
        this.#at++;
        return;
      case '\n':
        this.#word = word;
        this.#newline = true;
        this.#at++;
        return;
      case '"':
      case "'":
        return this.#string(char);
      case '`':
        if (this.#before === 'operand') this.#run++;
        this.#at++;
        return this.#templates ? this.#template() : undefined;
      case '(':
      case '[':
      case '{':
        if (char !== '{' && this.#before === 'operand') this.#run++;
        this.#at++;
        return this.#open(char === '(' && HEADED.has(word) ? 'head' : char === '{' ? 'end' : 'operand', false);
      case ')':
      case ']':
      case '}':
        this.#at++;
        return this.#close();
      case ';':
        this.#at++;
        this.#run = 0;
        this.#angles = 0;
        return this.#expect('end'); // An `else` may still follow.
      case ',':
        this.#at++;
        if (this.#angles === 0) this.#run = 0;
        return this.#expect('operator');
      case '/':
        return this.#slash();
      case '<':
        return this.#less();
      case '>':
        return this.#greater();
      case '@':
        if (this.#newline && this.#before !== 'operator') this.#separate();
        return this.#operator(char);
      default:
        return this.#operator(char);
    }
  }

  #expect(before: Before): void {
    this.#before = before;
    this.#newline = false;
  }

  /** A statement ends here: nothing before it deepens what follows. */
  #separate(): void {
    this.#run = 0;
    this.#angles = 0;
    this.#control = 0;
  }

  #wordToken(): void {
    const text = this.#text;
    const start = this.#at;
    while (this.#at < text.length && isWord(text.charCodeAt(this.#at))) this.#at++;
    if (start > 0 && text[start - 1] === '.') {
      this.#word = '';
      return this.#expect('operand');
    }
    const word = text.slice(start, this.#at);
    const starts = this.#before === 'end' || (this.#before === 'operand' && this.#newline);
    if (starts && !CONTINUES.has(word)) this.#separate();
    if (word === 'case' || word === 'default') this.#run = 0;
    if (word === 'else' || word === 'do' || (HEADED.has(word) && this.#word !== 'else')) this.#control++;
    if (EXPECTS_OPERAND.has(word)) {
      this.#run++;
      this.#expect('operator');
    } else this.#expect('operand');
    this.#word = word;
  }

  #operator(char: string): void {
    const text = this.#text;
    this.#at++;
    this.#run++;
    if (char === '?' && text[this.#at] === '.') this.#at++;
    else if ('=&|*?.'.includes(char)) while (text[this.#at] === char) this.#at++;
    if (char === '=' && text[this.#at] === '>') this.#at++;
    else while (text[this.#at] === '=') this.#at++;
    // After `i++` and `a!` an operator follows, after `- -` an operand: only `/` cares, and a regular expression must end on its line.
    if ((char === '!' || char === '+' || char === '-') && this.#before === 'operand' && text[this.#at - 2] === char) return;
    this.#expect('operator');
  }

  #string(quote: string): void {
    const text = this.#text;
    let end = this.#at + 1;
    while (end < text.length && text[end] !== quote && text[end] !== '\n') end += text[end] === '\\' ? 2 : 1;
    if (text[end] === quote) this.#at = end + 1;
    else {
      // An apostrophe in JSX text hides nothing; the budget keeps the scan linear.
      this.#rescanned += end - this.#at;
      this.#at = this.#rescanned < 2 * text.length ? this.#at + 1 : end;
    }
    this.#expect('operand');
  }

  #template(): void {
    const text = this.#text;
    for (; this.#at < text.length; this.#at++) {
      const char = text[this.#at];
      if (char === '\\') this.#at++;
      else if (char === '`') {
        this.#at++;
        return this.#expect('operand');
      } else if (char === '$' && text[this.#at + 1] === '{') {
        this.#at += 2;
        return this.#open('operand', true);
      }
    }
    this.openTemplate = true;
  }

  #open(before: Before, template: boolean): void {
    const outer: Outer = { before, template, run: this.#run, control: this.#control, angles: this.#angles, tags: this.#tags, markup: this.#markup };
    this.#outer.push(outer);
    this.#outside += outer.run + outer.control + outer.tags;
    this.#separate();
    this.#tags = 0;
    this.#expect('operator');
  }

  #close(): void {
    const outer = this.#outer.pop();
    if (outer === undefined) return this.#expect('operand');
    this.#outside -= outer.run + outer.control + outer.tags;
    this.#run = outer.run;
    this.#control = outer.control;
    this.#angles = outer.angles;
    this.#tags = outer.tags;
    this.#markup = outer.markup;
    this.#expect(outer.before);
    if (outer.template) this.#template();
  }

  #slash(): void {
    const text = this.#text;
    const next = text[this.#at + 1];
    if (next === '/') {
      const end = text.indexOf('\n', this.#at);
      this.#at = end < 0 ? text.length : end;
    } else if (next === '*') {
      const end = text.indexOf('*/', this.#at + 2);
      this.#at = end < 0 ? text.length : end + 2;
    } else if (next === '>' && this.#tags > 0) {
      this.#at += 2;
      this.#closeTag();
    } else if (this.#before === 'operand' || !this.#regex()) this.#operator('/');
  }

  #regex(): boolean {
    // Bounded, so that many unfinished ones do not make the scan quadratic.
    const literal = /\/(?:[^\\/[\n]|\\.|\[(?:[^\\\]\n]|\\.){0,500}\]){1,2000}\/\w*/y;
    literal.lastIndex = this.#at;
    if (!literal.test(this.#text)) return false;
    this.#at = literal.lastIndex;
    this.#expect('operand');
    return true;
  }

  /** Type arguments end like an operand (`): Promise<T>` before the next member), a comparison and a JSX tag do not. */
  #greater(): void {
    this.#at++;
    if (this.#tags === 0) this.#run++;
    const closes = this.#angles > 0;
    if (closes) this.#angles--;
    this.#expect(closes && this.#angles === 0 ? 'operand' : 'operator');
  }

  #closeTag(): void {
    if (--this.#tags > 0) this.#run = this.#markup;
    this.#expect('end');
  }

  #less(): void {
    const next = this.#text[this.#at + 1] ?? '';
    this.#at++;
    if (next === '/' && this.#tags > 0) {
      const end = this.#text.indexOf('>', this.#at);
      this.#at = end < 0 ? this.#text.length : end + 1;
      this.#closeTag();
    } else if ((this.#before !== 'operand' || this.#tags > 0) && /[A-Za-z_$>]/.test(next)) {
      if (this.#tags++ === 0) this.#markup = this.#run;
      this.#expect('operator');
    } else {
      this.#angles++;
      this.#run++;
      this.#expect('operator');
    }
  }
}

function isWord(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95 || code === 36 || code === 35 || code >= 128;
}
