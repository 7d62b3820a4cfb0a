import { posix } from 'node:path';
import type { Replicas } from '../vocabulary/deployment.ts';
import type { Workload } from './workload.ts';

/** What is deployed together: a name, and the directory of its package. */
interface Service {
  readonly name: string;
  readonly directory: string;
}

/** How many processes run the code of a service, as far as the config or the repository's deployment files say. */
export class Deployment {
  private readonly known = new Map<string, Replicas | null>();

  constructor(private readonly workloads: readonly Workload[], private readonly serviceOf: (file: string) => Service, private readonly declared: { readonly replicas?: Readonly<Record<string, number>>; readonly file: string }) {}

  /** Null where nothing says it, or where its programs differ. */
  replicasOf(file: string): Replicas | null {
    const directory = posix.dirname(file);
    let known = this.known.get(directory);
    if (known === undefined) this.known.set(directory, (known = this.find(file)));
    return known;
  }

  private find(file: string): Replicas | null {
    const { name, directory } = this.serviceOf(file);
    const declared = this.declared.replicas;
    if (declared !== undefined && Object.hasOwn(declared, name)) return { count: declared[name]!, file: this.declared.file };
    const names = new Set([name, name.replace(/^@[^/]*\//, ''), directory.split('/').at(-1)!].filter((part) => part !== ''));
    const byName = this.workloads.filter((workload) => workload.names.some((one) => names.has(one)));
    const around = this.workloads.filter((workload) => workload.directory !== null && isIn(workload.directory, directory) && isIn(file, workload.directory));
    const deepest = Math.max(...around.map((workload) => workload.directory!.length));
    const found = [...new Set([...byName, ...around.filter((workload) => workload.directory!.length === deepest)])];
    // Of an autoscaler and the controller that it scales, or of several environments, the greatest holds.
    const [most, ...others] = found.sort(byReplicas);
    if (most === undefined) return null;
    const differ = most.replicas !== 1 && others.some((other) => other.replicas === 1 && !other.names.some((one) => most.names.includes(one)));
    return differ ? null : { count: most.replicas, file: most.file, line: most.line };
  }
}

const isIn = (path: string, directory: string): boolean => directory === '' || path === directory || path.startsWith(`${directory}/`);

const order = ({ file, line }: Workload): string => `${file}\0${String(line).padStart(9, '0')}`;
const byReplicas = (a: Workload, b: Workload): number => (a.replicas === b.replicas ? (order(a) < order(b) ? -1 : 1) : (b.replicas ?? Infinity) - (a.replicas ?? Infinity));
