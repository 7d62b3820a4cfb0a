import { expect, test } from 'vitest';
import { auditAll, reportWithErrors } from '../support/audit-files.ts';
import { lintFiles } from '../support/lint-files.ts';

/** A bridge to a broker in native code: nothing tells what it does but the tag. */
const bridge = (tag: string): string => `
import { native } from './addon.node';

${tag}
export function announce(topic, message) {
  return native.call(7, topic, message);
}
`;

const SERVICE = `
import { Pool } from 'pg';
import { announce } from './bridge.js';

const pool = new Pool();

export async function ship(id) {
  const client = await pool.connect();
  await client.query('BEGIN');
  await client.query('UPDATE parcel SET shipped = true WHERE id = $1', [id]);
  await announce('parcels', { id });
  await client.query('COMMIT');
}
`;

const PUBLISHES = '/** @distributed effect: { kind: publish, action: request, system: queue, resource: a0 } */';

const found = async (tag: string): Promise<string[]> => (await auditAll({ 'bridge.js': bridge(tag), 'ship.js': SERVICE })).map(({ ruleId, location }) => `${ruleId} ${location.file}:${location.startLine}`);

test('a function does what the tag in front of it says', async () => {
  expect(await found(PUBLISHES)).toContain('distributed/no-side-effect-in-transaction ship.js:11');
  expect(await found('/** Hands a message to the addon. */')).not.toContain('distributed/no-side-effect-in-transaction ship.js:11');
});

test('several tags say one thing together, and a bare word is true', async () => {
  expect(await found(['/**', ' * @distributed effect: { kind: publish, system: queue }', ' * @distributed returns: result', ' */'].join('\n'))).toContain('distributed/no-side-effect-in-transaction ship.js:11');
  expect(await found('/** @distributed pure */')).not.toContain('distributed/no-side-effect-in-transaction ship.js:11');
});

test('the tag counts in ESLint as well', async () => {
  expect(await lintFiles({ 'bridge.js': bridge(PUBLISHES), 'ship.js': SERVICE }, { rule: 'no-side-effect-in-transaction' })).toMatchObject([{ file: 'ship.js', line: 11 }]);
});

test.each([
  ['effect: { kind: publishes }', /effect\.kind: .*"publish"/],
  ['efect: { kind: publish }', /unknown key "efect"; known are effect, invokes/],
  ['effect: { kind: publish', /@distributed: /],
])('`@distributed %s` is an error at the function', async (tag, message) => {
  const report = await reportWithErrors({ 'bridge.js': bridge(`/** @distributed ${tag} */`), 'ship.js': SERVICE });
  expect(report.errors).toEqual([{ file: 'bridge.js', line: 5, message: expect.stringMatching(message) as string }]);
});
