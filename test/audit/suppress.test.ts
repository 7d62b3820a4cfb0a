import { Linter, type Rule } from 'eslint';
import { describe, expect, test } from 'vitest';
import { applySuppressions } from '../../src/audit/suppress.ts';
import type { Finding } from '../../src/vocabulary/finding.ts';
import type { Suppression } from '../../src/vocabulary/ir.ts';

/** Each `send()` of the code is a finding of both rules. */
const RULES = ['distributed/no-dual-write', 'distributed/no-rpc-in-loop'];

describe('what comments silence', () => {
  test('the line they stand on', () => {
    expect(silenced('send(); // eslint-disable-line distributed/no-dual-write -- repaired nightly\nsend();')).toEqual([
      '1 no-dual-write: repaired nightly',
    ]);
  });

  test('the next line, counted from the end of the comment', () => {
    expect(silenced('/* eslint-disable-next-line distributed/no-dual-write --\n known */\nsend();\nsend();')).toEqual(['3 no-dual-write: known']);
  });

  test('everything from disable to enable', () => {
    expect(silenced('send();\n/* eslint-disable distributed/no-dual-write */\nsend();\n/* eslint-enable distributed/no-dual-write */\nsend();')).toEqual([
      '3 no-dual-write: ',
    ]);
  });

  test('all rules, when none is named', () => {
    expect(silenced('// eslint-disable-next-line\nsend();')).toEqual(['2 no-dual-write: ', '2 no-rpc-in-loop: ']);
  });

  test('an enable for one rule leaves the others disabled', () => {
    expect(silenced('/* eslint-disable -- legacy */\nsend();\n/* eslint-enable distributed/no-rpc-in-loop */\nsend();')).toEqual([
      '2 no-dual-write: legacy',
      '2 no-rpc-in-loop: legacy',
      '4 no-dual-write: legacy',
    ]);
  });

  test('nothing for rules of others, or names without prefix', () => {
    expect(silenced('send(); // eslint-disable-line no-console\nsend(); // eslint-disable-line no-dual-write')).toEqual([]);
  });
});

describe('comments that silence nothing', () => {
  test('are told when they name a rule of ours', () => {
    const code = 'ok(); // eslint-disable-line distributed/no-dual-write, no-console\nsend(); // eslint-disable-line distributed/no-dual-write';
    expect(apply(code).unused).toEqual([{ ruleId: 'distributed/no-dual-write', kind: 'line', line: 1, column: 7 }]);
  });

  test('are not told when they name no rule: they may be for others', () => {
    expect(apply('ok(); // eslint-disable-line').unused).toEqual([]);
  });

  test('rule by rule', () => {
    const { unused } = apply('/* eslint-disable distributed/no-dual-write, distributed/no-timestamp-ordering */\nsend();');
    expect(unused.map(({ ruleId }) => ruleId)).toEqual(['distributed/no-timestamp-ordering']);
  });
});

test('ESLint silences the same', () => {
  const pieces = [
    'send();', '\n', ' ', '\nsend();\n', '/* eslint-disable */', '/* eslint-enable */', '/* eslint-disable distributed/no-dual-write -- a */',
    '/* eslint-enable distributed/no-dual-write */', '/* eslint-disable-line */', '/* eslint-disable-next-line distributed/no-rpc-in-loop -- b */',
    '/* eslint-disable-line distributed/no-dual-write, distributed/no-rpc-in-loop -- c */', '/* eslint-disable-next-line\n -- d */',
  ];
  let seed = 7;
  const random = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
  for (let round = 0; round < 200; round++) {
    const code = Array.from({ length: 12 }, () => pieces[random(pieces.length)]).join('');
    expect(silenced(code), code).toEqual(silencedByEslint(code));
  }
});

function silenced(code: string): string[] {
  return apply(code).findings.flatMap(({ location, ruleId, suppressed }) =>
    suppressed ? [`${location.startLine} ${ruleId.split('/')[1]}: ${suppressed.reason}`] : [],
  );
}

function apply(code: string): ReturnType<typeof applySuppressions> {
  return applySuppressions(findingsIn(code), suppressionsIn(code), { position: (offset) => positionIn(code, offset) });
}

function findingsIn(code: string): Finding[] {
  return [...code.matchAll(/send/g)].flatMap(({ index }) => {
    const { line, column } = positionIn(code, index);
    const location = { file: 'a.ts', startLine: line, startColumn: column, endLine: line, endColumn: column + 4 };
    return RULES.map((ruleId): Finding => ({
      ruleId, severity: 'error', certainty: 'proven', message: '', fingerprint: '', location, flow: [], excerpt: '',
    }));
  });
}

/** As the extractor reads them. */
function suppressionsIn(code: string): Suppression[] {
  const comments = code.matchAll(/\/\*\s*eslint-(disable-next-line|disable-line|disable|enable)([\s\S]*?)\*\/|\/\/\s*eslint-(disable-next-line|disable-line)(.*)/g);
  return [...comments].map((match): Suppression => {
    const [rules, reason = ''] = (match[2] ?? match[4])!.split('--').map((part) => part.trim());
    const kind = (match[1] ?? match[3])!.replace(/^disable-/, '') as Suppression['kind'];
    return { kind, rules: rules === '' ? [] : rules!.split(/\s*,\s*/), reason, span: [match.index, match.index + match[0].length] };
  });
}

function positionIn(code: string, offset: number): { line: number; column: number } {
  const before = code.slice(0, offset).split('\n');
  return { line: before.length, column: before.at(-1)!.length + 1 };
}

function silencedByEslint(code: string): string[] {
  const rule: Rule.RuleModule = {
    create: (context) => ({ Identifier: (node) => context.report({ node, message: 'sent' }) }),
  };
  const linter = new Linter();
  linter.verify(code, {
    plugins: { distributed: { rules: { 'no-dual-write': rule, 'no-rpc-in-loop': rule } } },
    rules: Object.fromEntries(RULES.map((ruleId) => [ruleId, 'error' as const])),
    linterOptions: { reportUnusedDisableDirectives: 'off' },
  });
  // Missing in ESLint's types.
  return (linter as Linter & { getSuppressedMessages(): Linter.SuppressedLintMessage[] })
    .getSuppressedMessages()
    .map(({ line, column, ruleId, suppressions }) => ({ line, column, text: `${line} ${ruleId!.split('/')[1]}: ${suppressions.at(-1)!.justification}` }))
    .sort((a, b) => a.line - b.line || a.column - b.column || (a.text.split(':')[0]! < b.text.split(':')[0]! ? -1 : 1))
    .map(({ text }) => text);
}
