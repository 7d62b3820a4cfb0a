import { globSync } from 'tinyglobby';
import { Deployment } from '../deployment/deployment.ts';
import { readDeployment } from '../deployment/read.ts';
import { serviceFinder } from '../deployment/services.ts';
import { diskTree } from '../load/tree.ts';
import type { Settings } from './settings.ts';

/** What the repository and the settings say of the processes that run its code. */
export function readDeploymentOf(root: string, manifests: readonly string[], { deployables = {}, replicas }: NonNullable<Settings['config']>): Deployment {
  const tree = diskTree();
  const files = globSync(['**/*.{yml,yaml}', '**/{ecosystem,pm2,process}{,.config}.{js,cjs,mjs,json}'], { cwd: root, ignore: ['**/node_modules/**', '**/dist/**'], followSymbolicLinks: false }).sort();
  return new Deployment(readDeployment(root, files, tree), serviceFinder(root, manifests, deployables, tree), { file: 'the settings', ...(replicas === undefined ? {} : { replicas }) });
}
