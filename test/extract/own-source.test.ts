import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { isSame } from './both-parsers.ts';

const src = fileURLToPath(new URL('../../src/', import.meta.url));
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts')).sort();

test('the IR of our own source is the same from both parsers', () => {
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) expect(isSame(readFileSync(join(src, file), 'utf8')), file).toBe(true);
}, 60_000);
