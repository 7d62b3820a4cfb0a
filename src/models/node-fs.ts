import type { Action, LibraryModel, Member, Operation } from '../vocabulary/model.ts';

const read = (action: Action, cardinality: 'one' | 'many' = 'one'): Operation => ({ effect: { kind: 'read', system: 'files', action, resource: 'a0', cardinality } });
const write = (action: Action, repeatable: boolean): Operation => ({ effect: { kind: 'write', system: 'files', action, resource: 'a0', repeatable } });

/** `wx` fails when the file is there. */
const exclusive: Operation = {
  when: [{ at: 'a2.flag', equals: ['wx', 'ax', 'wx+', 'ax+'] }],
  effect: { kind: 'write', system: 'files', action: 'insert', resource: 'a0', conditional: true },
};

const operations: Record<string, readonly Operation[]> = {
  readFile: [read('find')], readdir: [read('find', 'many')], stat: [read('find')], lstat: [read('find')],
  access: [read('exists')], exists: [read('exists')], realpath: [read('find')], readlink: [read('find')],
  writeFile: [exclusive, write('replace', true)], appendFile: [write('append', false)], truncate: [write('update', true)],
  unlink: [write('delete', true)], rm: [write('delete', true)], rmdir: [write('delete', true)],
  mkdir: [write('insert', true)], mkdtemp: [write('insert', false)], rename: [write('move', false)], copyFile: [write('replace', true)], cp: [write('replace', true)],
  symlink: [write('insert', false)], link: [write('insert', false)], chmod: [write('update', true)], utimes: [write('update', true)],
};

const rows = (suffix: string, more: Partial<Operation> = {}): Record<string, Member> =>
  Object.fromEntries(Object.entries(operations).map(([name, overloads]) => [name + suffix, overloads.map((overload) => ({ ...overload, ...more }))]));

export default {
  name: 'node-fs',
  packages: ['node:fs', 'fs', 'node:fs/promises', 'fs/promises', 'fs-extra', 'graceful-fs'],
  source: '@types/node 22',
  verified: 'types',
  exports: {
    ...rows('', { invokes: [{ fn: 'last', when: 'later' }] }), // the callback, where there is one
    ...rows('Sync'),
    createReadStream: read('stream'),
    createWriteStream: write('replace', true),
    promises: { members: rows('') },
  },
  types: {},
} satisfies LibraryModel;
