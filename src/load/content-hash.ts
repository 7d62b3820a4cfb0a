import { createHash } from 'node:crypto';

/** SHA-256 (hex) of a text and of whatever versions what is cached under it. */
export function contentHash(text: string, salt = ''): string {
  return createHash('sha256').update(salt).update('\0').update(text).digest('hex');
}
