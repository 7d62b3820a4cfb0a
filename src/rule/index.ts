export { defineRule } from './define-rule.ts';
export type { Report, ReportOptions, Rule } from './define-rule.ts';
export type { Ask } from './ask.ts';
export type { Occurrence } from '../program/effect.ts';
export type { Decision } from '../questions/records.ts';
