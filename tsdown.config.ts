import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { defineConfig, type UserConfig } from 'tsdown';

const shared = {
  outDir: 'dist',
  format: 'esm',
  platform: 'node',
  target: 'node20',
  fixedExtension: false,
  clean: false,
  sourcemap: false,
  logLevel: 'warn',
  // `cli.js` names parts that are still to be written: left alone until they exist.
  deps: { neverBundle: ['src/audit/audit.ts', 'rules/index.ts'].filter((file) => !existsSync(file)).map((file) => new RegExp(`${file.replace('src/', '')}$`)) },
} satisfies UserConfig;

/** What is imported by others carries its types; what is only run does not, for declarations cost most of a build. */
const library = entries({ index: 'src/index.ts', config: 'src/config.ts' });
const programs = entries({ cli: 'src/cli/main.ts', 'audit-thread': 'src/audit/audit-thread.ts' });

export default defineConfig([
  { ...shared, entry: { ...library, ...programs }, clean: true, dts: false, async onSuccess() {
    chmodSync('dist/cli.js', 0o755);
    await writeOxlintPresets();
  } },
  { ...shared, entry: library, dts: { emitDtsOnly: true, oxc: true } },
]);

function entries(files: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).filter(([, file]) => existsSync(file)));
}

/** Oxlint's `extends` takes paths of JSON files. They load the plugin beside them, whatever is installed where. */
async function writeOxlintPresets(): Promise<void> {
  const { default: plugin } = (await import(`${import.meta.dirname}/dist/index.js?${Date.now()}`)) as { default: { configs: Record<string, { rules: object }> } };
  mkdirSync('dist/oxlint', { recursive: true });
  for (const [name, { rules }] of Object.entries(plugin.configs)) writeFileSync(`dist/oxlint/${name}.json`, `${JSON.stringify({ jsPlugins: [{ name: 'distributed', specifier: '../index.js' }], rules }, null, 2)}\n`);
}
