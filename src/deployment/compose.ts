import { posix } from 'node:path';
import { imageName } from './kubernetes.ts';
import type { Workload } from './workload.ts';
import { at, countAt, isValues, textAt, type YamlDocument } from './yaml.ts';

/** Services of a Compose file that say how many of them run; one that says nothing may be scaled by whoever starts it. */
export function readCompose(file: string, documents: readonly YamlDocument[]): Workload[] {
  return documents.flatMap(({ value, lineOf }) => {
    const services = at(value, 'services');
    if (!isValues(services)) return [];
    return Object.entries(services).flatMap(([name, service]): Workload[] => {
      const deployed = countAt(service, 'deploy', 'replicas');
      const replicas = deployed ?? countAt(service, 'scale');
      if (replicas === undefined) return [];
      const context = textAt(service, 'build') ?? textAt(service, 'build', 'context');
      const directory = context === undefined ? null : posix.join(posix.dirname(file), context);
      return [{
        names: [name, ...imageName(textAt(service, 'image'))], directory: directory === null || directory.startsWith('..') ? null : directory === '.' ? '' : directory.replace(/\/$/, ''),
        replicas, file, line: lineOf(['services', name, ...(deployed === undefined ? ['scale'] : ['deploy', 'replicas'])]),
      }];
    });
  });
}
