import { describe, expect, test } from 'vitest';
import { contentHash } from '../../src/load/content-hash.ts';
import { parseJson } from '../../src/load/json.ts';
import { readText } from '../../src/load/read-file.ts';
import { sourceLines } from '../../src/load/source-lines.ts';
import { tree } from './tree.ts';

describe('source lines', () => {
  const lines = sourceLines('a😀b\r\n\nlast');

  test('offsets become 1-based lines and columns in UTF-16 units, and back', () => {
    expect(lines.count).toBe(3);
    expect([0, 3, 4, 6, 7, 11].map((offset) => lines.position(offset))).toEqual([
      { line: 1, column: 1 },
      { line: 1, column: 4 },
      { line: 1, column: 5 },
      { line: 2, column: 1 },
      { line: 3, column: 1 },
      { line: 3, column: 5 },
    ]);
    expect(lines.offset(3, 2)).toBe(8);
    expect(lines.offset(1, 99)).toBe(4);
  });

  test('lines come without their end; what is outside is clamped', () => {
    expect([1, 2, 3, 4].map((line) => lines.text(line))).toEqual(['a😀b', '', 'last', '']);
    expect(lines.position(-5)).toEqual({ line: 1, column: 1 });
    expect(lines.position(999)).toEqual({ line: 3, column: 5 });
    expect(sourceLines('').position(0)).toEqual({ line: 1, column: 1 });
  });
});

test('a hash depends on the text and on the version', () => {
  expect(contentHash('a')).toMatch(/^[0-9a-f]{64}$/);
  expect(contentHash('a', '1')).toBe(contentHash('a', '1'));
  expect(new Set([contentHash('a'), contentHash('a', '1'), contentHash('a', '2'), contentHash('1a')]).size).toBe(4);
});

describe('reading', () => {
  test('the byte order mark goes, UTF-16 is understood', () => {
    const { at } = tree({ 'bom.ts': '\uFEFFconst a = 1', 'wide.ts': Buffer.from('\uFEFFconst ä = 1', 'utf16le') });
    expect(readText(at('bom.ts')).text).toBe('const a = 1');
    expect(readText(at('wide.ts')).text).toBe('const ä = 1');
  });

  test('failures are values', () => {
    const { at, link } = tree({
      'zeros.ts': Buffer.from([0x63, 0, 1, 2]),
      'latin.ts': Buffer.from([0x22, 0xe4, 0x22]),
      'x.ts/y.ts': 'in a directory named like a file',
    });
    link('dangling.ts', 'nowhere.ts');
    link('circle.ts', 'circle.ts');
    const message = (path: string): string | undefined => readText(at(path)).error?.message;
    expect(message('zeros.ts')).toBe('binary file');
    expect(message('latin.ts')).toBe('binary file');
    expect(message('x.ts')).toBe('is a directory');
    expect(message('dangling.ts')).toBe('does not exist');
    expect(message('circle.ts')).toContain('symbolic link');
    expect(readText('/dev/zero').error?.message).toBe('is not a regular file');
  });
});

describe('tolerant JSON', () => {
  test('comments and trailing commas are fine', () => {
    expect(parseJson('\uFEFF{ // a\n "a": [1, true, null, "x//y",], /* b */ "b": {"c": -1.5e3,}, }')).toEqual({ value: { a: [1, true, null, 'x//y'], b: { c: -1500 } } });
  });

  test('what precedes an error is kept', () => {
    expect(parseJson('{ "a": 1, "b": { "c": 2, d: 3 } }')).toEqual({
      value: { a: 1, b: { c: 2 } },
      error: { message: 'Expected a property name in double quotes or "}"', offset: 25 },
    });
  });

  test.each(['', '{', '{"a"', '{"a":', '[1 2]', '"\\x"', '{"a":1} x', 'undefined', '['.repeat(100_000), '{"a":'.repeat(100_000)])('never throws', (text) => {
    expect(parseJson(text).error).toBeDefined();
  });
});
