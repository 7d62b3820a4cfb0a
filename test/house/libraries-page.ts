import { operationsOf } from '../../src/catalog/catalog.ts';
import type { ArgCondition, EffectShape, LibraryModel, Member, Operation } from '../../src/vocabulary/model.ts';

/** `docs/libraries.md`: what the models say of each library's calls. */
export function librariesPage(models: readonly LibraryModel[], installed: Readonly<Record<string, string>>): string {
  const sorted = models.toSorted((a, b) => (a.name < b.name ? -1 : 1)).map((model) => ({ model, rows: rowsOf(model) }));
  return [INTRODUCTION, ...sorted.filter(({ rows }) => rows.length > 0).map(({ model, rows }) => section(model, rows, installed)), ELSEWHERE, ...sorted.filter(({ rows }) => rows.length === 0).map(({ model }) => `- **${model.name}**: ${packages(model, installed)}. Source: ${model.source}.`), ''].join('\n');
}

const INTRODUCTION = `# What is known of the libraries

Written from \`src/models\` by \`npm run update\`: change the models, not this page. \`npm run test:libraries\` installs the versions named here and
proves that each export, type and member of a model is declared by them.

A call is written as the model names it: type and member. \`a0\` is its first argument, \`last\` the last one, \`a0[]\` each element of the first.
Calls of which the same holds share a row. **Limit** is what one call takes at most; **deadline** what holds when no option is given (*none*: it
waits for ever, as a client called \`Untimed…\` here, made in view without a timeout; empty: not known, or out of sight at the call), then the
options that set it; **key** where the provider reads a key that makes a repeat harmless; **partial failure** the path in the result that
tells what failed; **many at once** what does for many what this call does for one.
`;

const ELSEWHERE = `
## Without such facts

What these do is modelled too: their effects, transactions, handlers, locks or helpers.
`;

interface Row {
  readonly calls: string[];
  readonly facts: readonly string[];
}

function section(model: LibraryModel, rows: readonly Row[], installed: Readonly<Record<string, string>>): string {
  const table = rows.map(({ calls, facts }) => `| ${[list(calls), ...facts].join(' | ')} |`);
  return `
## ${model.name}

${packages(model, installed)}. Source: ${model.source}.

| call | limit | deadline | retries | key | partial failure | many at once |
|---|---|---|---|---|---|---|
${table.join('\n')}`;
}

/** Long lists are of one making. */
const list = (calls: readonly string[]): string => `${calls.slice(0, 8).map((call) => `\`${call}\``).join(', ')}${calls.length > 8 ? ` and ${calls.length - 8} more` : ''}`;

function packages({ packages: named }: LibraryModel, installed: Readonly<Record<string, string>>): string {
  return named.map((name) => {
    const version = installed[name] ?? installed[`@types/${name.replace(/^@(.+)\/(.+)$/, '$1__$2')}`];
    return version === undefined ? `\`${name}\`` : `\`${name}\` ${version}`;
  }).join(', ');
}

function rowsOf(model: LibraryModel): readonly Row[] {
  const rows = new Map<string, Row>();
  const calls = [...callsOf(model)].map(([call, { effect = {}, when = [] }]) => ({ call, when, facts: factsOf(effect) }));
  for (const { call, when, facts } of calls) {
    if (facts.every((fact) => fact === '')) continue;
    // How a call is read matters here only where its readings differ in these facts.
    const differ = calls.some((other) => other.call === call && other.facts.join('|') !== facts.join('|'));
    const condition = differ ? when.map(conditionText).join(', ') : '';
    const key = facts.join('|');
    if (!rows.has(key)) rows.set(key, { calls: [], facts });
    const text = condition === '' ? call : `${call} (${condition})`;
    if (!rows.get(key)!.calls.includes(text)) rows.get(key)!.calls.push(text);
  }
  return [...rows.values()];
}

function* callsOf(model: LibraryModel): Iterable<[string, Operation]> {
  for (const [name, member] of Object.entries({ ...model.globals, ...model.exports })) yield* membersOf(name, member);
  for (const [type, shape] of Object.entries(model.types)) {
    const name = type.split(':')[0]!;
    if (shape.command !== undefined) yield [name, shape.command];
    for (const [written, member] of [[`${name}()`, shape.call], [`new ${name}`, shape.construct]] as const) for (const operation of member === undefined ? [] : operationsOf(member)!) yield [written, operation];
    for (const [member, inner] of [...Object.entries(shape.statics ?? {}), ...Object.entries(shape.members ?? {})]) yield* membersOf(`${name}.${member}`, inner);
  }
}

function* membersOf(path: string, member: Member): Iterable<[string, Operation]> {
  const operations = operationsOf(member);
  if (operations !== null) for (const operation of operations) yield [path, operation];
  else if (typeof member === 'object') for (const [name, inner] of Object.entries((member as { readonly members: Readonly<Record<string, Member>> }).members)) yield* membersOf(`${path}.${name}`, inner);
}

function conditionText({ at, kind, equals }: ArgCondition): string {
  if (equals !== undefined) return `${at}: ${[equals].flat().join(' or ')}`;
  return kind === 'present' ? `with ${at}` : kind === 'absent' ? `without ${at}` : `${at} a${/^[aeiou]/.test(kind ?? '') ? 'n' : ''} ${kind}`;
}

function factsOf(effect: EffectShape): readonly string[] {
  const limit = [
    effect.maxItems === undefined ? '' : `${effect.maxItems} items${effect.items === undefined ? '' : ` of \`${effect.items}\``}`,
    effect.maxBytes === undefined ? '' : bytes(effect.maxBytes),
    effect.maxBinds === undefined ? '' : `${effect.maxBinds} bind parameters`,
  ];
  return [
    limit.filter((part) => part !== '').join(', '),
    [effect.deadline === undefined ? '' : effect.deadline === null ? 'none' : duration(effect.deadline), code(effect.deadlineOption)].filter((part) => part !== '').join('; '),
    [effect.retries === undefined ? '' : String(effect.retries), code(effect.retryOption ?? effect.attemptsOption)].filter((part) => part !== '').join('; '),
    code(effect.idempotencyKey),
    effect.partialFailure === undefined ? '' : `\`${effect.partialFailure}\``,
    code(effect.batchCounterpart),
  ];
}

const code = (sources: string | readonly string[] | undefined): string => (sources === undefined ? '' : [sources].flat().map((source) => `\`${source}\``).join(', '));
const duration = (milliseconds: number): string => (milliseconds % 60_000 === 0 ? `${milliseconds / 60_000} min` : `${milliseconds / 1000} s`);
const bytes = (count: number): string => (count % 2 ** 20 === 0 ? `${count / 2 ** 20} MiB` : count % 1024 === 0 ? `${count / 1024} KiB` : `${count / 1_000_000} MB`);
