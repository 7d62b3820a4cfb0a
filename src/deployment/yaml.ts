import { type Document, isMap, isScalar, LineCounter, parseAllDocuments } from 'yaml';

type Values = Readonly<Record<string, unknown>>;

export interface YamlDocument {
  readonly value: Values;
  /** Line of the value at a path, or of the last of its parents that is there. */
  lineOf(path: readonly string[]): number;
}

/** Documents that hold an object. A template with holes (`{{ .Values.replicas }}`) is no YAML and says nothing. */
export function yamlDocuments(text: string): YamlDocument[] {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: lines, logLevel: 'silent' });
  if (!Array.isArray(documents)) return [];
  return (documents as Document[]).flatMap((document) => {
    if (document.errors.length > 0 || !isMap(document.contents)) return [];
    const value = toValues(document);
    if (value === null) return [];
    return [{
      value,
      lineOf(path): number {
        let at = 0;
        for (let length = path.length; length > 0 && at === 0; length -= 1) {
          const node = document.getIn(path.slice(0, length), true);
          const range = isScalar(node) || isMap(node) ? node.range : undefined;
          if (range) at = lines.linePos(range[0]).line;
        }
        return Math.max(1, at);
      },
    }];
  });
}

function toValues(document: Document): Values | null {
  try {
    const value: unknown = document.toJS({ maxAliasCount: 100 });
    return isValues(value) ? value : null;
  } catch {
    // Aliases of aliases without end.
    return null;
  }
}

export const isValues = (value: unknown): value is Values => typeof value === 'object' && value !== null && !Array.isArray(value);

export function at(value: unknown, ...path: readonly string[]): unknown {
  let found = value;
  for (const key of path) found = isValues(found) && Object.hasOwn(found, key) ? found[key] : undefined;
  return found;
}

export const textAt = (value: unknown, ...path: readonly string[]): string | undefined => {
  const found = at(value, ...path);
  return typeof found === 'string' && found !== '' ? found : undefined;
};

/** A whole number of processes, also where it is written as text; none says nothing: something else scales it, or it is switched off for now. */
export const countAt = (value: unknown, ...path: readonly string[]): number | undefined => {
  const found = Number(at(value, ...path) ?? Number.NaN);
  return Number.isInteger(found) && found > 0 ? found : undefined;
};
