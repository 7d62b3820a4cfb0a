import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { rdjson, rdjsonl } from '../../src/report/rdjson.ts';
import { DUAL_WRITE, EXAMPLE, reportOf, RULES, UNSTABLE } from './example.ts';
import { HOSTILE_FINDING } from './hostile.ts';

const position = { type: 'object', additionalProperties: false, required: ['line'], properties: { line: { type: 'integer', minimum: 1 }, column: { type: 'integer', minimum: 1 } } };
const location = {
  type: 'object', additionalProperties: false, required: ['path'],
  properties: { path: { type: 'string' }, range: { type: 'object', additionalProperties: false, required: ['start'], properties: { start: position, end: position } } },
};
const source = { type: 'object', additionalProperties: false, required: ['name'], properties: { name: { type: 'string' }, url: { type: 'string' } } };
/** The messages of reviewdog's rdf.proto; its decoder takes no other field. */
const diagnostic = {
  type: 'object', additionalProperties: false, required: ['message', 'location', 'severity', 'code'],
  properties: {
    message: { type: 'string' }, location, source,
    severity: { enum: ['ERROR', 'WARNING', 'INFO'] },
    code: { type: 'object', additionalProperties: false, required: ['value'], properties: { value: { type: 'string' }, url: { type: 'string', pattern: '^https?:' } } },
    related_locations: { type: 'array', items: { type: 'object', additionalProperties: false, required: ['message', 'location'], properties: { message: { type: 'string' }, location } } },
  },
};
const ajv = new Ajv({ allErrors: true });
const isResult = ajv.compile({ type: 'object', additionalProperties: false, required: ['source', 'diagnostics'], properties: { source, diagnostics: { type: 'array', items: diagnostic } } });
const isDiagnostic = ajv.compile(diagnostic);

interface Diagnostic {
  readonly location: { readonly path: string; readonly range: { readonly start: { readonly line: number; readonly column: number }; readonly end: { readonly column: number } } };
}

const diagnosticsOf = (...args: Parameters<typeof rdjson>): Diagnostic[] => {
  const result = JSON.parse(rdjson(...args)) as { diagnostics: Diagnostic[] };
  expect(isResult(result), JSON.stringify(isResult.errors)).toBe(true);
  return result.diagnostics;
};

test('a document, or a diagnostic a line', () => {
  const diagnostics = diagnosticsOf(EXAMPLE, RULES);
  expect(diagnostics).toHaveLength(3);
  const lines = rdjsonl(EXAMPLE, RULES).trimEnd().split('\n').map((line) => JSON.parse(line) as object);
  for (const line of lines) expect(isDiagnostic(line), JSON.stringify(isDiagnostic.errors)).toBe(true);
  expect(lines.map(({ source: _, ...rest }: { source?: unknown }) => rest)).toEqual(diagnostics);
  expect(rdjsonl(reportOf([]))).toBe('');
});

test('columns count bytes of UTF-8', () => {
  const excerpt = "await send('ä€😀', x)";
  const at = excerpt.indexOf('x') + 1;
  const { range } = diagnosticsOf(reportOf([{ ...UNSTABLE, excerpt, location: { ...UNSTABLE.location, startLine: 3, startColumn: at, endLine: 3, endColumn: at + 1 } }]))[0]!.location;
  expect(range).toEqual({ start: { line: 3, column: Buffer.from(excerpt).indexOf('x') + 1 }, end: { line: 3, column: Buffer.from(excerpt).indexOf('x') + 2 } });
});

test('paths start at the repository; text is only text', () => {
  expect(diagnosticsOf(reportOf([DUAL_WRITE, HOSTILE_FINDING]), [], { pathPrefix: 'services' })[0]!.location.path).toBe('services/orders/src/place order.ts');
});
