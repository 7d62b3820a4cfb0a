import picomatch from 'picomatch';

export type PathTest = (path: string) => boolean;

/** Whether a path, relative to the root, is meant by one of these globs or lies in a directory that is. */
export function globs(patterns: readonly string[]): PathTest {
  const bare = patterns.map((pattern) => pattern.replace(/^\.\//, '').replace(/\/+$/, ''));
  return picomatch(bare.flatMap((pattern) => [pattern, `${pattern}/**`]), { dot: true });
}

/** What of a program's files is left of it: `include` chooses them, `ignore` takes some out. */
export function selection({ include, ignore = [] }: { readonly include?: readonly string[]; readonly ignore?: readonly string[] }): PathTest {
  const [isIncluded, isLeftOut] = [include === undefined ? () => true : globs(include), globs(ignore)];
  return (path) => isIncluded(path) && !isLeftOut(path);
}
