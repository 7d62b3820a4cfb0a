import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import models from '../../src/models/index.ts';
import { librariesPage } from './libraries-page.ts';

const installed = (JSON.parse(readFileSync(new URL('../../fixtures/libraries/package.json', import.meta.url), 'utf8')) as { dependencies: Record<string, string> }).dependencies;

test('docs/libraries.md is what the models say', async () => {
  await expect(librariesPage(models, installed)).toMatchFileSnapshot('../../docs/libraries.md');
});

test('every modelled library has a source, and every limit names what it counts', () => {
  for (const model of models) expect(model.source, model.name).not.toBe('');
});
