import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import rules from '../../rules/index.ts';
import { auditFiles } from '../support/audit-files.ts';

const page = (name: string): string => readFileSync(new URL(`../../docs/rules/${name}.md`, import.meta.url), 'utf8');

/** Code blocks below a heading, up to the next heading of that level. */
function blocks(text: string, heading: string): string[] {
  const section = text.split(/^## /m).find((part) => part.startsWith(heading)) ?? '';
  return [...section.matchAll(/```(?:ts|js)\n([^]*?)```/g)].map((match) => match[1]!);
}

test('every rule has a page, and every page a rule', () => {
  expect(readdirSync(new URL('../../docs/rules', import.meta.url)).sort()).toEqual(rules.map((rule) => `${rule.name}.md`).sort());
});

describe.each(rules.map((rule) => rule.name))('%s', (name) => {
  const wrong = blocks(page(name), 'Wrong');
  const right = blocks(page(name), 'Right');

  test('has the sections a reader looks for', () => {
    for (const heading of ['## Wrong', '## Right', '## When not to use it', '## Known limits']) expect(page(name)).toContain(heading);
    expect(wrong.length).toBeGreaterThan(0);
    expect(right.length).toBeGreaterThan(0);
  });

  test.each(wrong.map((code, i) => [i + 1, code] as const))('wrong example %i gives a finding', async (_, code) => {
    expect(await auditFiles({ 'example.ts': code }, { rule: name })).not.toEqual([]);
  });

  test.each(right.map((code, i) => [i + 1, code] as const))('right example %i gives none', async (_, code) => {
    expect(await auditFiles({ 'example.ts': code }, { rule: name })).toEqual([]);
  });
});
