import { Linter } from 'eslint';
import { expect, test } from 'vitest';
import { defineRule } from '../../src/rule/define-rule.ts';
import { toEslintRule } from '../../src/rule/to-eslint-rule.ts';
import type { Problem } from '../../src/rule/check.ts';

const rule = defineRule({ name: 'no-x', meta: { description: 'disallow x', preset: 'recommended', harm: 'corrupts', messages: { lost: '{effect} is lost with {rest}.' } }, on: {} });
const TEXT = `save(\n  a,\n);\nother();\n`;

const problem: Problem = {
  rule: 'no-x', file: 'a.js', span: [0, 11], message: '`a` is lost with {{b}}.', messageId: 'lost', data: { effect: '`a`', rest: '{{b}}' }, certainty: 'proven', harm: 'corrupts', form: 'recommended', steps: [], identity: '',
};

function lint(problems: readonly Problem[], options: object[] = []): Linter.LintMessage[] {
  const made = toEslintRule(rule, { expect: () => {}, problemsOf: () => problems }, 'https://example.com/no-x');
  return new Linter().verify(TEXT, { plugins: { p: { rules: { 'no-x': made } } }, rules: { 'p/no-x': ['error', ...options] } } as Linter.Config);
}

test('underlines the first line of a problem, with its message', () => {
  expect(lint([problem])).toMatchObject([{ messageId: 'lost', message: '`a` is lost with {{b}}.', line: 1, column: 1, endLine: 1, endColumn: 6, suggestions: [] }].map(({ suggestions: _, ...message }) => message));
});

test('reports only its own problems, and what its preset shows', () => {
  const others: Problem[] = [{ ...problem, rule: 'no-y' }, { ...problem, certainty: 'likely' }, { ...problem, form: 'all' }];
  expect(lint(others, [{ preset: 'recommended' }])).toEqual([]);
  expect(lint(others, [{ preset: 'strict' }])).toHaveLength(1);
  expect(lint(others)).toHaveLength(2);
});

test('suggests an edit of the linted file, and none of another or of a text that is not plain', () => {
  const suggestion = { message: 'Add it.', file: 'a.js', span: [0, 4] as const, edit: (text: string) => (text === 'save' ? 'add' : null) };
  const [{ suggestions }] = lint([{ ...problem, suggestion }]) as [Linter.LintMessage];
  expect(suggestions).toEqual([{ desc: 'Add it.', fix: { range: [0, 4], text: 'add' } }]);
  expect(lint([{ ...problem, suggestion: { ...suggestion, file: 'b.js' } }])[0]!.suggestions).toBeUndefined();
  expect(lint([{ ...problem, suggestion: { ...suggestion, span: [0, 3] } }])[0]!.suggestions).toBeUndefined();
});

test('meta', () => {
  const { meta } = toEslintRule(rule, { expect: () => {}, problemsOf: () => [] }, 'https://example.com/no-x');
  expect(meta).toMatchObject({
    type: 'problem', hasSuggestions: true, docs: { description: 'disallow x', url: 'https://example.com/no-x', recommended: true }, messages: { lost: '{{ effect }} is lost with {{ rest }}.' },
    schema: [{ additionalProperties: false }], defaultOptions: [{ preset: 'all' }],
  });
});
