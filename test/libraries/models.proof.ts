import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import models from '../../src/models/index.ts';
import { Declarations } from './declarations.ts';
import { known } from './known.ts';
import { gaps } from './prove.ts';

const root = fileURLToPath(new URL('../../fixtures/libraries', import.meta.url));
const declarations = new Declarations(root);
const { dependencies } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8')) as { dependencies: Record<string, string> };

test.each(models.map((model) => [model.name, model] as const))('%s is as its packages declare it', (name, model) => {
  const { modules = [], names, absent = {}, unproven = {} } = known[name] ?? {};
  const specifiers = model.packages.filter((specifier) => !specifier.endsWith('*') && !specifier.startsWith('@types/'));
  const read = declarations.read([...specifiers, ...modules], Object.keys(model.globals ?? {}));
  expect.soft(read.absent, 'packages without declarations').toEqual(Object.keys(absent));
  const found = gaps(model, read, names);
  const excused = Object.values(unproven).flat();
  expect.soft([...found].filter(([path]) => !excused.includes(path)).map((gap) => gap.join(': ')), 'not declared').toEqual([]);
  expect.soft(excused.filter((path) => !found.has(path)), 'declared after all: strike it from known.ts').toEqual([]);
});

test('what is known stands for a model', () => {
  const names = models.map(({ name }) => name);
  expect(Object.keys(known).filter((name) => !names.includes(name))).toEqual([]);
});

test('each installed library is of a model, or stands for one in its declarations', () => {
  const modelled = new Set<string>(models.flatMap(({ name, packages }) => [...packages, ...packages.map(packageOf), ...(known[name]?.modules ?? [])]));
  const named = (library: string): string => library.replace(/^@types\/(.+)__(.+)$/, '@$1/$2').replace(/^@types\//, '');
  expect(Object.keys(dependencies).filter((library) => !modelled.has(library) && !modelled.has(named(library)) && !PEERS.includes(library))).toEqual([]);
});

/** What declarations of the others name and do not bring. */
const PEERS = ['@bufbuild/protobuf', '@types/node', 'fp-ts', 'graphql', 'nestjs-cls', 'reflect-metadata'];

/** Of some packages only parts are modelled: `@scope/name/part`. */
const packageOf = (specifier: string): string => specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
