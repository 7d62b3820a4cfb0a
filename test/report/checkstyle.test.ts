import { expect, test } from 'vitest';
import { checkstyle } from '../../src/report/checkstyle.ts';
import { XMLParser, XMLValidator } from './consumers.ts';
import { DUAL_WRITE, EXAMPLE, reportOf } from './example.ts';
import { HOSTILE, HOSTILE_FINDING } from './hostile.ts';

interface Parsed {
  readonly checkstyle: { readonly version: string; readonly file?: readonly { readonly name: string; readonly error: readonly Record<string, string>[] }[] };
}

function filesOf(...args: Parameters<typeof checkstyle>): NonNullable<Parsed['checkstyle']['file']> {
  const text = checkstyle(...args);
  expect(XMLValidator.validate(text)).toBe(true);
  const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '', isArray: (name: string) => name === 'file' || name === 'error', htmlEntities: true });
  return (parser.parse(text) as Parsed).checkstyle.file ?? [];
}

test('errors by file, with what was not analysed', () => {
  expect(filesOf(EXAMPLE)).toEqual([
    { name: 'orders/src/broken.ts', error: [{ line: '4', severity: 'error', message: "Not analysed: Expected ';' but found '}'", source: 'distributed/not-analysed' }] },
    { name: 'orders/src/list.ts', error: [expect.objectContaining({ line: '3', column: '8', severity: 'warning', source: 'distributed/require-stable-order' })] },
    { name: 'orders/src/place order.ts', error: [expect.objectContaining({ line: '14', column: '5', severity: 'error', message: DUAL_WRITE.message })] },
  ]);
});

test('a clean run is an empty document', () => {
  expect(checkstyle(reportOf([]))).toBe('<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="4.3"/>\n');
});

test('text is only text, without what XML cannot hold', () => {
  expect(filesOf(reportOf([HOSTILE_FINDING]))[0]!.error[0]!['message']).toBe(HOSTILE.replaceAll(/[\u0000\u0007]/g, '\ufffd'));
});
