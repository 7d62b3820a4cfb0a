import { createRequire } from 'node:module';
import type { ts } from 'ts-morph';

export type TS = typeof ts;

/** Folder of the standard declarations, which ts-morph holds in memory. */
export const LIBRARIES = '/@lib';

/** The compiler that ts-morph brings, without the wrappers around it, which take longer to load and are not used. */
export function loadCompiler(): { readonly ts: TS; readonly libraries: ReadonlyMap<string, string> } {
  const common = createRequire(createRequire(import.meta.url).resolve('ts-morph'))('@ts-morph/common') as { readonly ts: TS; getLibFiles(): readonly { readonly fileName: string; readonly text: string }[] };
  return { ts: common.ts, libraries: new Map(common.getLibFiles().map(({ fileName, text }) => [`${LIBRARIES}/${fileName}`, text])) };
}
