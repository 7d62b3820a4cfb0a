/** The patterns of one .gitignore file, for paths below its directory. */
export interface IgnoreFile {
  /** Verdict of the last pattern that matches, undefined when none does. `path` is relative to the file's directory, with `/`. */
  ignores(path: string, isDirectory: boolean): boolean | undefined;
}

interface Pattern {
  readonly negated: boolean;
  readonly directoryOnly: boolean;
  /** Without a slash a pattern matches the last segment, else the whole path. */
  readonly anchored: boolean;
  readonly test: (subject: string) => boolean;
}

export function parseGitignore(text: string): IgnoreFile {
  const patterns: Pattern[] = [];
  for (const line of text.split(/\r?\n/)) {
    const pattern = parsePattern(line);
    if (pattern !== undefined) patterns.push(pattern);
  }
  patterns.reverse();
  return {
    ignores(path, isDirectory) {
      const name = path.slice(path.lastIndexOf('/') + 1);
      for (const pattern of patterns) {
        if (pattern.directoryOnly && !isDirectory) continue;
        if (pattern.test(pattern.anchored ? path : name)) return !pattern.negated;
      }
      return undefined;
    },
  };
}

function parsePattern(line: string): Pattern | undefined {
  let body = line.replace(/(?<!\\)[ \t]+$/, '');
  if (body === '' || body.startsWith('#')) return undefined;
  const negated = body.startsWith('!');
  if (negated) body = body.slice(1);
  const directoryOnly = body.endsWith('/');
  if (directoryOnly) body = body.slice(0, -1);
  const anchored = body.includes('/');
  if (body.startsWith('/')) body = body.slice(1);
  const test = body === '' ? undefined : compile(body);
  return test && { negated, directoryOnly, anchored, test };
}

function compile(glob: string): ((subject: string) => boolean) | undefined {
  if (!/[*?[\\]/.test(glob)) return (subject) => subject === glob;
  // `*.log`, `.env*`: most of those with a star, and asked for every file.
  const [, before, after] = /^([^*?[\\/]*)\*([^*?[\\/]*)$/.exec(glob) ?? [];
  if (before !== undefined && after !== undefined) return (subject) => subject.length >= before.length + after.length && subject.startsWith(before) && subject.endsWith(after) && !subject.includes('/');
  const segments = splitSegments(glob).map((segment) => (/^\*\*+$/.test(segment) ? ANY : characters(segment)));
  // `a/**` is everything in a, not a itself.
  if (segments.length > 1 && segments.at(-1) === ANY) segments.push([ANY]);
  return (subject) => matches(segments, subject.split('/'), (segment, name) => matches(segment, name, (character, char) => character(char)));
}

/** Stands for any number of items: segments for `**`, characters for `*`. */
const ANY = Symbol('any');
type Character = (char: string) => boolean;

/** Linear in either side per star: a pattern made to be slow must not stop the analysis, as a regular expression would. */
function matches<Item, Subject>(pattern: readonly (Item | typeof ANY)[], subject: ArrayLike<Subject>, one: (item: Item, subject: Subject) => boolean): boolean {
  let at = 0;
  let next = 0;
  let star = -1;
  let starAt = 0;
  while (at < subject.length) {
    const item = pattern[next];
    if (item === ANY) {
      star = next++;
      starAt = at;
    } else if (next < pattern.length && one(item as Item, subject[at]!)) {
      next++;
      at++;
    } else if (star >= 0) {
      next = star + 1;
      at = ++starAt;
    } else return false;
  }
  while (pattern[next] === ANY) next++;
  return next === pattern.length;
}

/** At slashes outside of classes. */
function splitSegments(glob: string): string[] {
  return glob.match(/(?:\\.|\[[!^]?\]?[^\]/]*\]|[^/])+/g) ?? [];
}

function characters(segment: string): (Character | typeof ANY)[] {
  const found: (Character | typeof ANY)[] = [];
  for (let i = 0; i < segment.length; i++) {
    const char = segment[i]!;
    const end = char === '[' ? segment.indexOf(']', i + (/[!^]/.test(segment[i + 1] ?? '') ? 3 : 2)) : -1;
    if (char === '*') found.push(ANY);
    else if (char === '?') found.push(() => true);
    else if (end > 0) {
      found.push(characterClass(segment.slice(i + 1, end)));
      i = end;
    } else if (char === '[') {
      found.push(() => false); // A class without its end matches nothing.
    } else {
      const literal = char === '\\' && i + 1 < segment.length ? segment[++i]! : char;
      found.push((other) => other === literal);
    }
  }
  return found;
}

function characterClass(body: string): Character {
  const negated = /^[!^]/.test(body);
  const members = negated ? body.slice(1) : body;
  return (char) => {
    for (let i = 0; i < members.length; i++) {
      const isRange = members[i + 1] === '-' && i + 2 < members.length;
      if (isRange ? char >= members[i]! && char <= members[i + 2]! : char === members[i]) return !negated;
      if (isRange) i += 2;
    }
    return negated;
  };
}
