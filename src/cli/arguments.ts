import { Argument, Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { BASELINE_FILE } from '../audit/baseline.ts';
import { didYouMean } from '../audit/did-you-mean.ts';
import type { Certainty, PresetName, RuleSetting, TypesMode } from '../audit/options.ts';
import { FORMATS, isFormat, type Format } from '../report/index.ts';
import type { Host } from './host.ts';

export type FailOn = 'error' | 'warning' | 'none';

/** What the command line says; absent means that the config or the default decides. */
export interface Flags {
  readonly root?: string;
  readonly format: Format;
  readonly output: readonly OutputFile[];
  readonly preset?: PresetName;
  readonly rule: Readonly<Record<string, RuleSetting>>;
  readonly certainty?: Certainty;
  readonly cache: boolean;
  readonly cacheLocation?: string;
  readonly types?: TypesMode;
  readonly maxWarnings?: number;
  readonly failOn: FailOn;
  readonly exitZero: boolean;
  readonly config?: string;
  readonly stats: boolean;
  readonly watch: boolean;
  /** In GitHub Actions: beside the lines of the pull request and in the job summary, whatever else is printed. */
  readonly annotations: boolean;
  /** Compare with where the branch left this revision. */
  readonly since?: string;
  /** File of the baseline; false: none, also not the one that is found. */
  readonly baseline?: string | false;
}

export type GraphFormat = 'json' | 'mermaid';

/** Beside the audit itself, which takes paths. */
export const COMMANDS = ['explain', 'baseline', 'diff', 'graph', 'facts', 'link', 'print-inputs', 'init'] as const;

export const INPUT_FORMATS = ['text', 'json', 'turbo', 'nx'] as const;
export type InputFormat = (typeof INPUT_FORMATS)[number];

export interface FactsFlags {
  readonly root?: string;
  readonly out: string;
}

/** What an audit is told, without what decides where the program is read from. */
export type LinkFlags = Omit<Flags, 'since' | 'watch' | 'cache' | 'cacheLocation'>;

export interface InitFlags {
  readonly root?: string;
  readonly yes: boolean;
}

/** What decides how the program is read and what is asked of it. */
export type AnalysisFlags = Pick<Flags, 'root' | 'preset' | 'rule' | 'certainty' | 'cache' | 'cacheLocation' | 'types' | 'config'>;

export const BASELINE_ACTIONS = ['create', 'update', 'prune', 'check'] as const;
export type BaselineAction = (typeof BASELINE_ACTIONS)[number];

export interface BaselineFlags extends AnalysisFlags {
  readonly file?: string;
  readonly reason?: string;
  readonly expires?: string;
  readonly force: boolean;
}

export interface OutputFile {
  readonly format: Format;
  readonly file: string;
}

export type Invocation =
  | { readonly command: 'audit'; readonly paths: readonly string[]; readonly flags: Flags }
  | { readonly command: 'explain'; readonly what: string; readonly paths: readonly string[]; readonly flags: AnalysisFlags }
  | { readonly command: 'baseline'; readonly action: BaselineAction; readonly paths: readonly string[]; readonly flags: BaselineFlags }
  | { readonly command: 'diff'; readonly base: string; readonly head: string; readonly flags: Pick<Flags, 'format' | 'output' | 'failOn' | 'maxWarnings' | 'exitZero' | 'annotations'> }
  | { readonly command: 'graph'; readonly paths: readonly string[]; readonly format: GraphFormat; readonly flags: AnalysisFlags }
  | { readonly command: 'facts'; readonly directory: string; readonly flags: FactsFlags }
  | { readonly command: 'link'; readonly facts: readonly string[]; readonly flags: LinkFlags }
  | { readonly command: 'print-inputs'; readonly directory: string; readonly format: InputFormat; readonly flags: Pick<FactsFlags, 'root'> }
  | { readonly command: 'init'; readonly flags: InitFlags }
  | { readonly command: 'version' }
  | { readonly command: 'nothing'; readonly exitCode: number };

const EXIT_CODES = `
Exit codes:
  0  clean, or nothing at or above the gate
  1  findings at or above the gate (--fail-on, --max-warnings)
  2  wrong usage or config, or an incomplete analysis: some file could not be read or parsed
`;

/** Help and usage errors are printed here; what is left to do comes back. */
export function parseArguments(argv: readonly string[], host: Host): Invocation {
  let invocation: Invocation = { command: 'nothing', exitCode: 0 };
  const program = knownOptions(reportOptions(analysisOptions(new Command('distributed-audit')
    .description('Finds distributed-systems defects in JavaScript and TypeScript backends.')
    // Commands have options of the same names, with other choices.
    .enablePositionalOptions()
    .argument('[paths...]', 'files and directories whose findings are reported: those that stand in them, or whose effect does (default: .)'))))
    .option('--since <ref>', 'report what is new since the branch left this revision, and what its changes touch')
    .addOption(new Option('--watch', 'audit again whenever a file of the program changes, until q or Ctrl-C').conflicts('since'))
    .option('--stats', 'say how long each phase and rule took')
    .option('-V, --version', 'print the version of this tool and of the compiler in it')
    .addHelpText('after', EXIT_CODES)
    .action((paths: string[], given: Partial<Flags> & Pick<Flags, 'format' | 'cache' | 'failOn' | 'annotations'> & { version?: boolean }) => {
      const { version, baseline, ...flags } = given;
      invocation = version ? { command: 'version' } : { command: 'audit', paths, flags: { output: [], rule: {}, exitZero: false, stats: false, watch: false, ...flags, ...chosenBaseline(baseline) } };
    });
  analysisOptions(program.command('explain')
    .description('print the documentation of a rule; or of a finding, by its fingerprint: how it was decided and what would silence it')
    .argument('<rule|fingerprint>')
    .argument('[paths...]', 'where the finding is looked for (default: .)'))
    .action((what: string, paths: string[], flags: AnalysisFlags) => {
      invocation = { command: 'explain', what, paths, flags: { ...flags, rule: flags.rule ?? {} } };
    });
  analysisOptions(program.command('baseline')
    .description('the findings that are known and left: create the file, update it, prune what is gone, check that nothing is')
    .addArgument(new Argument('<action>').choices(BASELINE_ACTIONS))
    .argument('[paths...]', 'whose findings are meant (default: .)'))
    .option('--file <file>', `the baseline (default: ${BASELINE_FILE} in the root)`)
    .option('--reason <text>', 'create, update: why the entries that are added are left')
    .option('--expires <date>', 'create, update: the last day on which the entries that are added hold (2027-01-31)', day)
    .option('--force', 'create: replace the file that is there')
    .action((action: BaselineAction, paths: string[], flags: Partial<BaselineFlags> & Pick<BaselineFlags, 'cache'>) => {
      invocation = { command: 'baseline', action, paths, flags: { rule: {}, force: false, ...flags } };
    });
  reportOptions(program.command('diff')
    .description('what a report has that another has not: introduced, fixed, unchanged')
    .argument('<base.json>')
    .argument('<head.json>'))
    .action((base: string, head: string, flags: Partial<Flags> & Pick<Flags, 'format' | 'failOn' | 'annotations'>) => {
      invocation = { command: 'diff', base, head, flags: { output: [], exitZero: false, ...flags } };
    });
  analysisOptions(program.command('graph')
    .description('print the system as read from the code: services, entry points, stores, queues, remote services, and who touches what where')
    .argument('[paths...]', 'whose executions are followed (default: .)'))
    .addOption(new Option('--format <format>', 'what is printed').choices(['json', 'mermaid']).default('json'))
    .action((paths: string[], { format, ...flags }: AnalysisFlags & { format: GraphFormat }) => {
      invocation = { command: 'graph', paths, format, flags: { ...flags, rule: flags.rule ?? {} } };
    });
  program.command('facts')
    .description('extract what one package says into a file, for `link`: without the others, without a cache, the same bytes wherever it lies')
    .argument('[package]', 'directory of the package; in the root of a workspace, what none of its packages holds', '.')
    .option('--root <dir>', 'root of the program, to which paths are relative (default: the workspace or repository around the package)')
    .requiredOption('--out <file>', 'the file that is written')
    .action((directory: string, flags: FactsFlags) => {
      invocation = { command: 'facts', directory, flags };
    });
  knownOptions(reportOptions(askingOptions(program.command('link')
    .description('audit the program that facts make together, as if it had been read from its files')
    .argument('<facts...>', 'files of `facts`, in any order')
    .option('--root <dir>', 'where config and baseline are looked for, and the root in the report (default: the workspace or repository around the working directory)'))))
    .option('--stats', 'say how long each phase and rule took')
    .action((facts: string[], { baseline, ...flags }: Partial<Flags> & Pick<Flags, 'format' | 'failOn' | 'annotations'>) => {
      invocation = { command: 'link', facts, flags: { output: [], rule: {}, exitZero: false, stats: false, ...flags, ...chosenBaseline(baseline) } };
    });
  program.command('print-inputs')
    .description('print which files decide the facts of a package, for the `inputs` of a task runner')
    .argument('[package]', 'directory of the package', '.')
    .option('--root <dir>', 'root of the program (default: the workspace or repository around the package)')
    .addOption(new Option('--format <format>', 'globs relative to the package, one a line; or as a JSON array for turbo.json, project.json').choices(INPUT_FORMATS).default('text'))
    .action((directory: string, { format, ...flags }: { format: InputFormat; root?: string }) => {
      invocation = { command: 'print-inputs', directory, format, flags };
    });
  program.command('init')
    .description('set up ESLint, the audit and CI for the project: shows what it would write, and asks')
    .option('--root <dir>', 'the project (default: the workspace or repository around the working directory)')
    .option('-y, --yes', 'write without asking')
    .action((flags: Partial<InitFlags>) => {
      invocation = { command: 'init', flags: { yes: false, ...flags } };
    });
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => host.stdout.write(text),
      writeErr: (text) => host.stderr.write(text),
      outputError: (text, write) => write(text.replace(/^error: /, 'distributed-audit: ')),
      getOutHasColors: () => host.stdout.color,
      getErrHasColors: () => host.stderr.color,
    });
  }
  try {
    program.parse(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { command: 'nothing', exitCode: error.exitCode === 0 ? 0 : 2 };
  }
  return invocation;
}

function analysisOptions(command: Command): Command {
  return askingOptions(command.option('--root <dir>', 'root of the program that is read (default: the workspace or repository around the paths)'))
    .option('--no-cache', 'neither read nor write the cache')
    .option('--cache-location <dir>', 'where the cache is kept');
}

function askingOptions(command: Command): Command {
  return command
    .addOption(new Option('--preset <name>', 'the rules that run (default: recommended)').choices(['recommended', 'strict', 'all']))
    .option('--rule <name=severity>', 'set a rule to off, warn or error (repeatable)', collectRule)
    .addOption(new Option('--certainty <least>', 'least certainty that is reported (default: proven; likely in strict and all)').choices(['proven', 'likely']))
    .addOption(new Option('--types <mode>', 'whether type information may be asked (default: auto)').choices(['auto', 'off']))
    .option('--config <file>', 'take this config file and search for none');
}

function knownOptions(command: Command): Command {
  return command
    .option('--baseline <file>', `findings that are known and left (default: ${BASELINE_FILE} in the root, if there is one)`)
    .option('--no-baseline', 'report what the baseline holds as well');
}

/** Without commander's default for what has a --no form. */
function chosenBaseline(baseline: unknown): Pick<Flags, 'baseline'> {
  return typeof baseline === 'string' || baseline === false ? { baseline } : {};
}

function reportOptions(command: Command): Command {
  return command
    .addOption(new Option('--format <format>', 'what is printed').choices(FORMATS).default('pretty'))
    .option('--output <format=file>', 'also write a report to a file (repeatable)', collectOutput)
    .option('--max-warnings <n>', 'fail when there are more warnings', wholeNumber)
    .addOption(new Option('--fail-on <severity>', 'least severity that fails').choices(['error', 'warning', 'none']).default('error'))
    .option('--exit-zero', 'exit 0 whatever is found')
    .option('--no-annotations', 'in GitHub Actions: no annotations and no job summary by themselves');
}

function collectOutput(value: string, previous: readonly OutputFile[] = []): OutputFile[] {
  const [format, file] = split(value, 'format=file, for instance sarif=audit.sarif');
  if (!isFormat(format)) throw new InvalidArgumentError(`Unknown format "${format}"${didYouMean(format, FORMATS)} There are ${FORMATS.join(', ')}.`);
  return [...previous, { format, file }];
}

const SETTINGS: readonly RuleSetting[] = ['off', 'warn', 'error'];

function collectRule(value: string, previous: Readonly<Record<string, RuleSetting>> = {}): Record<string, RuleSetting> {
  const [name, setting] = split(value, 'name=severity, for instance no-dual-write=error');
  const known = SETTINGS.find((known) => known === setting);
  if (known === undefined) throw new InvalidArgumentError(`"${setting}" is none of ${SETTINGS.join(', ')}${didYouMean(setting, SETTINGS)}`);
  return { ...previous, [name]: known };
}

function split(value: string, form: string): [string, string] {
  const at = value.indexOf('=');
  if (at < 1 || at === value.length - 1) throw new InvalidArgumentError(`Give ${form}.`);
  return [value.slice(0, at), value.slice(at + 1)];
}

function wholeNumber(value: string): number {
  if (!/^\d+$/.test(value)) throw new InvalidArgumentError('Give a whole number.');
  return Number(value);
}

function day(value: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value) || Number.isNaN(Date.parse(value))) throw new InvalidArgumentError('Give a day, for instance 2027-01-31.');
  return value;
}
