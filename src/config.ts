import type { UserConfig } from './audit/options.ts';

export type { Objective, RuleSetting, Service, TypesMode, UserConfig, UserModel } from './audit/options.ts';
export type { Certainty, PresetName } from './vocabulary/finding.ts';
export type * from './vocabulary/model.ts';

/** Gives `distributed.config.ts` its types: `export default defineConfig({ … })`. */
export function defineConfig(config: UserConfig): UserConfig {
  return config;
}
