import type { Rule as ESLintRule } from 'eslint';
import type { PresetName } from '../vocabulary/finding.ts';
import type { Problem } from './check.ts';
import { PRESETS, type Rule, shows } from './define-rule.ts';

/** All rules of a file share one analysis. */
export interface SharedAnalysis {
  /** A rule is on for the file: it will ask. */
  expect(context: ESLintRule.RuleContext, rule: Rule): void;
  /** The problems of the linted file, of every rule that is expected. */
  problemsOf(context: ESLintRule.RuleContext): readonly Problem[];
}

/** A rule as ESLint runs it: at the end of the file it takes its part of the analysis. */
export function toEslintRule(rule: Rule, analysis: SharedAnalysis, url: string): ESLintRule.RuleModule {
  const { description, preset, messages } = rule.meta;
  return {
    meta: {
      type: 'problem',
      docs: { description, recommended: preset === 'recommended', url, dialects: ['JavaScript', 'TypeScript'] },
      languages: ['js/js'],
      // ESLint's placeholders have two braces.
      messages: Object.fromEntries(Object.entries(messages).map(([id, text]) => [id, text.replaceAll(/\{(\w+)\}/g, '{{ $1 }}')])),
      hasSuggestions: true,
      schema: [{
        type: 'object',
        properties: { preset: { enum: [...PRESETS], description: 'Which forms of the rule are reported: those that this preset shows.' } },
        additionalProperties: false,
      }],
      // Who names a rule wants all of it; the presets say otherwise.
      defaultOptions: [{ preset: 'all' }],
    } as ESLintRule.RuleMetaData,
    create(context) {
      const { preset: wanted } = context.options[0] as { readonly preset: PresetName };
      analysis.expect(context, rule);
      return {
        'Program:exit'() {
          for (const problem of analysis.problemsOf(context)) if (problem.rule === rule.name && shows(wanted, problem.form, problem.certainty)) report(context, problem);
        },
      };
    },
  };
}

function report(context: ESLintRule.RuleContext, { span, file, messageId, data, suggestion }: Problem): void {
  const { sourceCode } = context;
  const start = sourceCode.getLocFromIndex(span[0]);
  const end = sourceCode.getLocFromIndex(span[1]);
  // One line to underline: a call over several lines ends with its first.
  const line = sourceCode.lines[start.line - 1] ?? '';
  const suggested = suggestion?.file === file ? suggestion.edit(sourceCode.text.slice(...suggestion.span)) : null;
  context.report({
    messageId,
    data,
    loc: { start, end: end.line === start.line ? end : { line: start.line, column: line.trimEnd().length } },
    suggest: suggested === null ? [] : [{ desc: suggestion!.message, fix: (fixer) => fixer.replaceTextRange([suggestion!.span[0], suggestion!.span[1]], suggested) }],
  });
}
