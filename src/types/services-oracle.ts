import type { Catalog } from '../catalog/catalog.ts';
import type { Span } from '../vocabulary/ir.ts';
import { identifyReceiver, type TsChecker, type TsFile, type TypeIdentity } from './identify.ts';
import { packageOf } from './package-of.ts';

/** As much of `parserServices.program` as is used: the user's own TypeScript, whichever version. */
export interface ServicesProgram {
  getTypeChecker(): unknown;
  getSourceFile(fileName: string): unknown;
}

export interface ServicesOracleOptions {
  readonly program: ServicesProgram;
  /** Absolute, with forward slashes. */
  readonly root: string;
  readonly catalog: Catalog;
}

/** Answers from the program that ESLint's parser has at hand, when the user lints with type information. What fails, fails as `undefined`. */
export function servicesOracle({ program, root, catalog }: ServicesOracleOptions): { receiverAt(file: string, call: Span): TypeIdentity | undefined } {
  const answers = new Map<string, TypeIdentity | null>();
  const around = {
    catalog,
    packageOf,
    projectFile(name: string): string | undefined {
      const path = name.replaceAll('\\', '/');
      return path.startsWith(`${root}/`) && !path.includes('/node_modules/') ? path.slice(root.length + 1) : undefined;
    },
  };
  const ask = (file: string, call: Span): TypeIdentity | undefined => {
    try {
      const source = program.getSourceFile(`${root}/${file}`) as TsFile | undefined;
      return source === undefined ? undefined : identifyReceiver(program.getTypeChecker() as TsChecker, source, call, around);
    } catch {
      return undefined;
    }
  };
  return {
    receiverAt(file, call) {
      const key = `${file}\0${call[0]}\0${call[1]}`;
      let answer = answers.get(key);
      if (answer === undefined) answers.set(key, (answer = ask(file, call) ?? null));
      return answer ?? undefined;
    },
  };
}
