import type { Workload } from './workload.ts';
import { at, countAt, isValues, textAt, type YamlDocument } from './yaml.ts';

const CONTROLLERS = new Set(['Deployment', 'StatefulSet', 'ReplicaSet', 'Rollout']);

/** Controllers of Kubernetes, and what scales them: a DaemonSet runs once on each node. */
export function readKubernetes(file: string, documents: readonly YamlDocument[]): Workload[] {
  return documents.flatMap(({ value, lineOf }): Workload[] => {
    const kind = textAt(value, 'kind');
    const name = textAt(value, 'metadata', 'name');
    if (kind === undefined || name === undefined || textAt(value, 'apiVersion') === undefined) return [];
    if (kind === 'HorizontalPodAutoscaler') {
      const target = textAt(value, 'spec', 'scaleTargetRef', 'name');
      const most = countAt(value, 'spec', 'maxReplicas');
      return target === undefined || most === undefined ? [] : [{ names: [target], directory: null, replicas: most, file, line: lineOf(['spec', 'maxReplicas']) }];
    }
    const names = [name, ...imagesOf(at(value, 'spec', 'template', 'spec'))];
    if (kind === 'DaemonSet') return [{ names, directory: null, replicas: null, file, line: lineOf(['kind']) }];
    const replicas = countAt(value, 'spec', 'replicas');
    // Left out where something else scales it.
    return !CONTROLLERS.has(kind) || replicas === undefined ? [] : [{ names, directory: null, replicas, file, line: lineOf(['spec', 'replicas']) }];
  });
}

function imagesOf(pod: unknown): string[] {
  const containers = at(pod, 'containers');
  return (Array.isArray(containers) ? containers : []).flatMap((container: unknown) => imageName(isValues(container) ? textAt(container, 'image') : undefined));
}

/** `registry.example.com/shop/orders:1.2` is of `orders`. */
export function imageName(image: string | undefined): string[] {
  const name = image?.split('@')[0]!.split('/').at(-1)!.split(':')[0]!;
  return name === undefined || name === '' ? [] : [name];
}
