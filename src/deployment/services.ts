import { basename, dirname, relative } from 'node:path';
import { globs } from '../load/globs.ts';
import type { Tree } from '../load/tree.ts';
import type { TopologyService } from '../vocabulary/topology.ts';

export type ServiceFinder = (file: string) => TopologyService;

/** Which service a file belongs to: a deployable of the config, else the nearest package. */
export function serviceFinder(root: string, manifests: readonly string[], deployables: Readonly<Record<string, readonly string[]>>, tree: Tree): ServiceFinder {
  const configured = Object.entries(deployables).map(([name, patterns]) => ({ service: { id: `service:${name}`, name, directory: '' }, holds: globs(patterns) }));
  const packages = new Map(manifests.map((manifest) => {
    const directory = relative(root, dirname(manifest)).replaceAll('\\', '/');
    return [directory, { id: `service:${directory === '' ? '.' : directory}`, name: nameIn(manifest, tree) ?? (directory === '' ? basename(root) : directory), directory }] as const;
  }));
  const whole: TopologyService = packages.get('') ?? { id: 'service:.', name: basename(root), directory: '' };
  return (file) => {
    const named = configured.find(({ holds }) => holds(file));
    if (named !== undefined) return named.service;
    for (let at = file.lastIndexOf('/'); at > 0; at = file.lastIndexOf('/', at - 1)) {
      const known = packages.get(file.slice(0, at));
      if (known !== undefined) return known;
    }
    return whole;
  };
}

function nameIn(manifest: string, tree: Tree): string | undefined {
  try {
    const { name } = JSON.parse(tree.read(manifest).text ?? '') as { name?: unknown };
    return typeof name === 'string' && name !== '' ? name : undefined;
  } catch {
    return undefined;
  }
}
