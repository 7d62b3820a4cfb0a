import { discover } from '../load/discover.ts';
import models from '../models/index.ts';

export interface Manifests {
  /** Every package.json, absolute. */
  readonly manifests: readonly string[];
  /** Whether there is a model of this package. */
  readonly isKnown: (name: string) => boolean;
}

export async function projectManifests(root: string): Promise<Manifests> {
  const { manifests } = discover(root);
  const packages = new Set(models.flatMap((model) => model.packages));
  return { manifests, isKnown: (name) => packages.has(name) };
}
