import type { ReportOptions } from './options.ts';

/** Paths as a reader needs them who starts at the repository, of which the program may be a part. */
export function inRepository({ pathPrefix }: ReportOptions): (file: string) => string {
  const prefix = pathPrefix ? `${pathPrefix.replace(/\/+$/, '')}/` : '';
  return (file) => prefix + file;
}
