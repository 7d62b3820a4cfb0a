import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Not part of `npm test`: it needs the packages of fixtures/libraries. */
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: { include: ['test/libraries/*.proof.ts'], testTimeout: 300_000 },
});
