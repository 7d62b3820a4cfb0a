import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
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
  /** In GitHub Actions: beside the lines of the pull request and in the job summary, whatever else is printed. */
  readonly annotations: boolean;
}

export interface OutputFile {
  readonly format: Format;
  readonly file: string;
}

export type Invocation =
  | { readonly command: 'audit'; readonly paths: readonly string[]; readonly flags: Flags }
  | { readonly command: 'explain'; readonly rule: string }
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
  const program = new Command('distributed-audit')
    .description('Finds distributed-systems defects in JavaScript and TypeScript backends.')
    .argument('[paths...]', 'files and directories whose findings are reported: those that stand in them, or whose effect does (default: .)')
    .option('--root <dir>', 'root of the program that is read (default: the workspace or repository around the paths)')
    .addOption(new Option('--format <format>', 'what is printed').choices(FORMATS).default('pretty'))
    .option('--output <format=file>', 'also write a report to a file (repeatable)', collectOutput)
    .addOption(new Option('--preset <name>', 'the rules that run (default: recommended)').choices(['recommended', 'strict', 'all']))
    .option('--rule <name=severity>', 'set a rule to off, warn or error (repeatable)', collectRule)
    .addOption(new Option('--certainty <least>', 'least certainty that is reported (default: proven; likely in strict and all)').choices(['proven', 'likely']))
    .option('--no-cache', 'neither read nor write the cache')
    .option('--cache-location <dir>', 'where the cache is kept')
    .addOption(new Option('--types <mode>', 'whether type information may be asked (default: auto)').choices(['auto', 'off']))
    .option('--max-warnings <n>', 'fail when there are more warnings', wholeNumber)
    .addOption(new Option('--fail-on <severity>', 'least severity that fails').choices(['error', 'warning', 'none']).default('error'))
    .option('--exit-zero', 'exit 0 whatever is found')
    .option('--config <file>', 'take this config file and search for none')
    .option('--no-annotations', 'in GitHub Actions: no annotations and no job summary by themselves')
    .option('--stats', 'say how long each phase and rule took')
    .option('-V, --version', 'print the version of this tool and of the compiler in it')
    .addHelpText('after', EXIT_CODES)
    .action((paths: string[], given: Omit<Flags, 'output' | 'rule' | 'exitZero' | 'stats'> & Partial<Flags> & { version?: boolean }) => {
      const { version, ...flags } = { output: [], rule: {}, exitZero: false, stats: false, ...given };
      invocation = version ? { command: 'version' } : { command: 'audit', paths, flags };
    });
  program
    .command('explain')
    .description('print the documentation of a rule')
    .argument('<rule>')
    .action((rule: string) => {
      invocation = { command: 'explain', rule };
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
