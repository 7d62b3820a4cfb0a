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
  const suffix = /^\*([^*?[\\/]+)$/.exec(glob)?.[1];
  if (suffix !== undefined && !glob.includes('/')) return (subject) => subject.endsWith(suffix);
  try {
    const expression = new RegExp(`^${globSource(glob)}$`);
    return (subject) => expression.test(subject);
  } catch {
    return undefined; // A malformed class matches nothing.
  }
}

/** Regular expression of a glob in the dialect of gitignore. */
export function globSource(glob: string): string {
  let source = '';
  for (let i = 0; i < glob.length; i++) {
    const char = glob[i]!;
    if (char === '*') {
      let stars = 1;
      while (glob[i + stars] === '*') stars++;
      const wholeSegment = (i === 0 || glob[i - 1] === '/') && (i + stars === glob.length || glob[i + stars] === '/');
      if (stars >= 2 && wholeSegment) {
        const last = i + stars === glob.length;
        source += last ? '.*' : '(?:.*/)?';
        i += last ? stars - 1 : stars;
      } else {
        source += '[^/]*';
        i += stars - 1;
      }
    } else if (char === '?') source += '[^/]';
    else if (char === '[') {
      const end = glob.indexOf(']', i + 2);
      if (end < 0) source += '\\[';
      else {
        source += glob.slice(i, end + 1).replace(/^\[!/, '[^');
        i = end;
      }
    } else if (char === '\\' && i + 1 < glob.length) source += escape(glob[++i]!);
    else source += escape(char);
  }
  return source;
}

function escape(char: string): string {
  return char.replace(/[.*+?^${}()|[\]\\/-]/, '\\$&');
}
