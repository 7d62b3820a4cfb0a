import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What a folder may import of ours, and why not more. */
const LAYERS: Record<string, { readonly may: readonly string[]; readonly because: string }> = {
  'src/vocabulary': { may: [], because: 'the nouns outlive every tool' },
  'src/models': { may: ['src/vocabulary'], because: 'library knowledge is data, so that users can supply the same shape' },
  'src/catalog': { may: ['src/vocabulary', 'src/models'], because: 'a lookup over the models asks no program' },
  'src/load': { may: ['src/vocabulary'], because: 'reading files knows nothing of what they mean' },
  'src/extract': { may: ['src/vocabulary'], because: 'the IR is syntax only, no knowledge of any library' },
  'src/schema': { may: ['src/vocabulary'], because: 'schema facts are read from text and IR alone' },
  'src/deployment': { may: ['src/vocabulary', 'src/load'], because: 'how a program is run is read from files, whatever its code does' },
  'src/program': { may: ['src/vocabulary', 'src/catalog', 'src/schema'], because: 'one interpreter serves both hosts and knows neither' },
  'src/questions': { may: ['src/vocabulary', 'src/catalog', 'src/program'], because: 'an answer follows from an execution, and changes nothing in how it is followed' },
  'src/types': { may: ['src/vocabulary', 'src/catalog', 'src/program', 'src/load'], because: 'a compiler is asked last and lives here only' },
  'src/rule': { may: ['src/vocabulary', 'src/program', 'src/questions'], because: 'a rule asks the model, not the hosts' },
  'src/report': { may: ['src/vocabulary'], because: 'a report never reads code' },
  'src/cli': { may: ['src/audit', 'src/report', 'src/vocabulary', 'rules', 'src/rule'], because: 'the command is a thin door to the audit' },
  rules: { may: ['src/rule'], because: 'a rule that reaches past the model shows that the model lacks a word' },
};

const sources = (folder: string): string[] => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts')).map((name) => join(folder, name));

const layerOf = (path: string): string => (path.startsWith('rules') ? 'rules' : path.split('/').slice(0, 2).join('/'));

test.each(Object.entries(LAYERS))('%s imports only what it may', (folder, { may, because }) => {
  const broken = sources(folder).flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)]
      .map((match) => relative(root, join(root, dirname(file), match[1]!)))
      .filter((target) => layerOf(target) !== folder && !may.includes(layerOf(target)) && target !== 'package.json')
      .map((target) => `${file} imports ${target}: ${because}`));
  expect(broken).toEqual([]);
});

test('every model is in the index, and every rule', () => {
  const index = readFileSync(join(root, 'src/models/index.ts'), 'utf8');
  for (const file of readdirSync(join(root, 'src/models'))) if (file !== 'index.ts') expect(index).toContain(`'./${file}'`);
  const rules = readFileSync(join(root, 'rules/index.ts'), 'utf8');
  for (const file of readdirSync(join(root, 'rules'))) if (file !== 'index.ts') expect(rules).toContain(`'./${file}'`);
});

test('the compiler lives in src/types', () => {
  for (const file of sources('src')) if (!file.startsWith('src/types/') && file !== 'src/cli/versions.ts') expect(readFileSync(join(root, file), 'utf8'), file).not.toMatch(/from 'ts-morph'/);
});
