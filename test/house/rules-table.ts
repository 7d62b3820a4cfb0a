import type { Rule } from '../../src/rule/define-rule.ts';
import { HARMS } from '../../src/report/harm.ts';

const HEAD = '| rule | finds | harm | preset |\n| --- | --- | --- | --- |\n';

/** README with its table of rules made anew. What a rule finds is told there in words; the rest is what the rule says of itself. */
export function withRulesTable(readme: string, rules: readonly Rule[]): string {
  const from = readme.indexOf('| rule | finds |');
  const table = /^(?:\|.*\n)+/.exec(readme.slice(from))![0];
  const finds = new Map([...table.matchAll(/^\| \[([\w-]+)\]\([^)]*\) \| (.+?) \|/gm)].map(([, name, words]) => [name!, words!]));
  const rows = rules.toSorted((a, b) => (a.name < b.name ? -1 : 1)).map(({ name, preset, meta }) => {
    const words = finds.get(name);
    if (words === undefined) throw new Error(`README.md does not say what ${name} finds: add a row \`| [${name}](docs/rules/${name}.md) | … |\` to its table`);
    return `| [${name}](docs/rules/${name}.md) | ${words} | ${HARMS[meta.harm]} | ${preset} |\n`;
  });
  return readme.slice(0, from) + HEAD + rows.join('') + readme.slice(from + table.length);
}
