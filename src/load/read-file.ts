import { isUtf8 } from 'node:buffer';
import { readFileSync, statSync } from 'node:fs';
import type { Stats } from 'node:fs';

/** What is wrong with one input file. `line` and `column` are 1-based. */
export interface FileError {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  readonly message: string;
  /** Worth telling, but the analysis is complete without. */
  readonly note?: true;
}

export type ReadResult = { readonly text: string; readonly error?: undefined } | { readonly text?: undefined; readonly error: FileError };

/** Nothing of this size is a source file; reading it would only exhaust memory. */
const MAX_READABLE_BYTES = 64 * 1024 * 1024;
const BINARY_PROBE_BYTES = 8 * 1024;

/** Text of a file without its byte order mark (as ESLint gives it); every failure is a value. */
export function readText(file: string): ReadResult {
  let bytes: Buffer;
  try {
    const stat = statSync(file);
    // Reading a pipe or a device may never end.
    if (!stat.isFile()) return failed(file, stat.isDirectory() ? 'is a directory' : 'is not a regular file');
    if (stat.size > MAX_READABLE_BYTES) return failed(file, `is too large to read (${stat.size} bytes)`);
    bytes = readFileSync(file);
  } catch (error) {
    return failed(file, systemMessage(error));
  }
  return decode(file, bytes);
}

export function decode(file: string, bytes: Buffer): ReadResult {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: new TextDecoder('utf-16le').decode(bytes) };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { text: new TextDecoder('utf-16be').decode(bytes) };
  const zero = bytes.indexOf(0);
  if ((zero >= 0 && zero < BINARY_PROBE_BYTES) || !isUtf8(bytes)) return failed(file, 'binary file');
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  return { text: bytes.toString('utf8', start) };
}

export function isFile(path: string): boolean {
  return stat(path)?.isFile() ?? false;
}

export function isDirectory(path: string): boolean {
  return stat(path)?.isDirectory() ?? false;
}

function stat(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined; // A circle of links, a name too long.
  }
}

/** The reason of a failed system call, without the path that Node repeats in it. */
export function systemMessage(error: unknown): string {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  switch (code) {
    case 'ENOENT':
      return 'does not exist';
    case 'EACCES':
    case 'EPERM':
      return 'cannot be read: permission denied';
    case 'EISDIR':
      return 'is a directory';
    case 'ELOOP':
      return 'is a symbolic link that leads back to itself';
    case 'ENOTDIR':
      return 'does not exist: a parent is not a directory';
    default:
      return `cannot be read${code ? ` (${code})` : ''}`;
  }
}

function failed(file: string, message: string): ReadResult {
  return { error: { file, message } };
}
