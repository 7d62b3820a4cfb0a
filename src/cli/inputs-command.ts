import { inputsOf, type Inputs } from '../audit/inputs.ts';
import type { FactsFlags, InputFormat } from './arguments.ts';
import type { ExitCode } from './gate.ts';
import type { Host } from './host.ts';
import { packageTarget } from './targets.ts';

export function inputsCommand(given: string, format: InputFormat, { root: named }: Pick<FactsFlags, 'root'>, host: Host): ExitCode {
  const { root, directory } = packageTarget(host.cwd, given, named);
  host.stdout.write(WRITERS[format](inputsOf(root, directory)));
  return 0;
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const WRITERS: Readonly<Record<InputFormat, (inputs: Inputs) => string>> = {
  text: (inputs) => globs(inputs, inputs.extensions, '', up(inputs)).map((glob) => `${glob}\n`).join(''),
  json,
  turbo: (inputs) => json(globs(inputs, [`{${inputs.extensions.join(',')}}`], '', '$TURBO_ROOT$/')),
  nx: (inputs) => json([...globs(inputs, [`{${inputs.extensions.join(',')}}`], '{projectRoot}/', '{workspaceRoot}/'), { externalDependencies: ['eslint-plugin-distributed'] }]),
};

const globs = ({ globs, except, above }: Inputs, extensions: readonly string[], here: string, root: string): string[] => [
  ...[...extensions.map((extension) => `**/*.${extension}`), ...globs].map((glob) => here + glob),
  ...above.map((file) => root + file),
  ...except.map((directory) => `!${here}${directory}/**`),
];

/** From the package to the root. */
const up = ({ directory }: Inputs): string => (directory === '.' ? '' : directory.split('/').map(() => '../').join(''));
