import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Not part of `npm test`: it needs the packages of fixtures/consumers and fixtures/oldest, and our own build. */
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: { include: ['test/consumers/*.proof.ts'], testTimeout: 300_000, hookTimeout: 300_000 },
});
