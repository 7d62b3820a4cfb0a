import { discover } from '../load/discover.ts';
import models from '../models/index.ts';

export interface Manifests {
  /** Some of the program is written in it. */
  readonly typescript: boolean;
  /** Every package.json, absolute. */
  readonly manifests: readonly string[];
  /** Whether there is a model of this package. */
  readonly isKnown: (name: string) => boolean;
}

export async function projectManifests(root: string): Promise<Manifests> {
  const { files, manifests } = discover(root);
  const packages = new Set(models.flatMap((model) => model.packages));
  return { typescript: files.some((file) => /\.[cm]?tsx?$/.test(file)), manifests, isKnown: (name) => packages.has(name) };
}
