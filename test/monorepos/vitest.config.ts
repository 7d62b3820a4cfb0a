import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Not part of `npm test`: it needs the task runners of fixtures/monorepos, and our own build. */
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: { include: ['test/monorepos/*.proof.ts'], testTimeout: 180_000, hookTimeout: 60_000 },
});
