import { isRecord } from './json.ts';

/**
 * Files that a package's manifest names for a subpath (`.` or `./x`), as written, the likeliest to be source first: all conditions of
 * `exports`, then the older fields. Several, because most name outputs that may not be built.
 */
export function entryTargets(manifest: Readonly<Record<string, unknown>>, subpath: string, conditions: readonly string[] = []): string[] {
  const found = new Set<string>();
  const publish = isRecord(manifest['publishConfig']) ? manifest['publishConfig'] : {};
  for (const source of [manifest, publish]) {
    for (const target of mappedTargets(exportsMap(source['exports']), subpath, conditions)) found.add(target);
    for (const target of typesVersions(source['typesVersions'], subpath)) found.add(target);
    if (subpath === '.') for (const field of ENTRY_FIELDS) if (typeof source[field] === 'string') found.add(source[field]);
  }
  return [...found];
}

/** Targets of a `#name` in a manifest's `imports`: paths starting with `./` or bare specifiers. */
export function importTargets(manifest: Readonly<Record<string, unknown>>, spec: string, conditions: readonly string[] = []): string[] {
  return isRecord(manifest['imports']) ? mappedTargets(manifest['imports'], spec, conditions) : [];
}

const ENTRY_FIELDS = ['source', 'ts:main', 'module', 'main', 'jsnext:main', 'types', 'typings'];
const SOURCE_CONDITION = /^(?:source|src|typescript|ts|development|dev|bun|deno)$|[/:-](?:source|src|dev|development)$/;
const ELSEWHERE = new Set(['browser', 'react-native', 'worker', 'workerd', 'edge-light', 'electron', 'production']);
const MAX_NESTING = 10;

function exportsMap(exports: unknown): Record<string, unknown> {
  return isRecord(exports) && Object.keys(exports).some((key) => key.startsWith('.')) ? exports : exports == null ? {} : { '.': exports };
}

/** An exact key, else the pattern with the longest part before its `*`. */
function mappedTargets(map: Record<string, unknown>, key: string, conditions: readonly string[]): string[] {
  if (Object.hasOwn(map, key) && !key.includes('*')) return flatten(map[key], conditions, 0);
  let best: { prefix: string; suffix: string; value: unknown } | undefined;
  for (const [pattern, value] of Object.entries(map)) {
    const star = pattern.indexOf('*');
    const folder = star < 0 && pattern.endsWith('/');
    if (star < 0 && !folder) continue;
    const prefix = folder ? pattern : pattern.slice(0, star);
    const suffix = folder ? '' : pattern.slice(star + 1);
    if (key.length <= prefix.length + suffix.length - (folder ? 1 : 0) || !key.startsWith(prefix) || !key.endsWith(suffix)) continue;
    if (best === undefined || prefix.length > best.prefix.length || (prefix.length === best.prefix.length && suffix.length > best.suffix.length))
      best = { prefix, suffix, value };
  }
  if (best === undefined) return [];
  const middle = key.slice(best.prefix.length, key.length - best.suffix.length);
  return flatten(best.value, conditions, 0).map((target) => (target.includes('*') ? target.replaceAll('*', () => middle) : target.endsWith('/') ? target + middle : target));
}

function flatten(value: unknown, conditions: readonly string[], depth: number): string[] {
  if (typeof value === 'string') return [value];
  if (depth > MAX_NESTING) return [];
  if (Array.isArray(value)) return value.flatMap((item) => flatten(item, conditions, depth + 1));
  if (!isRecord(value)) return [];
  const rank = (condition: string): number => {
    if (conditions.includes(condition) || SOURCE_CONDITION.test(condition)) return 0;
    if (ELSEWHERE.has(condition)) return 4;
    return condition === 'types' ? 3 : condition === 'node' ? 1 : 2;
  };
  return Object.entries(value)
    .sort(([a], [b]) => rank(a) - rank(b))
    .flatMap(([, target]) => flatten(target, conditions, depth + 1));
}

function typesVersions(value: unknown, subpath: string): string[] {
  if (!isRecord(value)) return [];
  const key = subpath.replace(/^\.\//, '');
  return Object.values(value).flatMap((map) => (isRecord(map) ? mappedTargets(map, key, []) : []));
}

const OUTPUT_FOLDER = /^(?:dist|build|built|lib|out|output|esm|cjs|mjs|es|es\d+|umd|module|modules|commonjs|types?|typings|declarations?|bundle|bundles|release|target|node|neutral|browser|public|_?(?:esm|cjs|types)|\.build|\.output|dist-\w+|src|source)$/;

/** Whether a path relative to its package lies where builds go. */
export function isOutputPath(path: string): boolean {
  return /^(?:\.\/)?(?:dist|build|built|out|output|esm|cjs|es|umd|_esm|_cjs|_types|\.output|dist-\w+)\//.test(path);
}

/**
 * Places (relative to the package, without extension) where the source of an output may stand: leading output folders are dropped one by
 * one, each rest looked for in the usual source folders.
 */
export function sourceGuesses(path: string): string[] {
  const segments = withoutExtension(path.replace(/^(?:\.\/)+/, '')).split('/');
  const guesses = new Set<string>();
  for (let dropped = 0; dropped < segments.length; dropped++) {
    if (dropped > 0 && !OUTPUT_FOLDER.test(segments[dropped - 1]!)) break;
    const rest = segments.slice(dropped).join('/');
    for (const folder of ['src/', 'source/', 'lib/', '']) guesses.add(folder + rest);
    const plain = rest.replace(/(?<=[^/.])\.[\w-]+$/, '');
    if (plain !== rest && dropped > 0) for (const folder of ['src/', '']) guesses.add(folder + plain);
  }
  return [...guesses];
}

export function withoutExtension(path: string): string {
  return path.replace(/(?:\.d)?\.[cm]?[jt]sx?$/, '');
}

/** Where sources begin when the manifest does not lead to them. */
export function entryGuesses(name: string): string[] {
  const last = name.slice(name.lastIndexOf('/') + 1);
  return ['src/index', 'index', 'src/main', 'lib/index', 'source/index', `src/${last}`, 'main', 'src/mod', 'mod'];
}

/** Package name and rest of a bare specifier; undefined when it can be no package's. */
export function splitBare(spec: string): { readonly name: string; readonly subpath: string } | undefined {
  const match = /^(?:npm:)?((?:@[\w.~-]+\/)?\w[\w.~-]*?)(?:@[^/]*)?(\/.*)?$/.exec(spec);
  return match ? { name: match[1]!, subpath: match[2] === undefined ? '.' : `.${match[2]}` } : undefined;
}

