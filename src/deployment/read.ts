import { relative } from 'node:path';
import type { Discovered } from '../load/discover.ts';
import type { Tree } from '../load/tree.ts';
import { readCompose } from './compose.ts';
import { readKubernetes } from './kubernetes.ts';
import { readPm2 } from './pm2.ts';
import { readServerless } from './serverless.ts';
import type { Workload } from './workload.ts';
import { yamlDocuments } from './yaml.ts';

const PM2 = /^(?:ecosystem|pm2|process)(?:\.config)?\.(?:[cm]?js|json)$/;
const YAML = /\.ya?ml$/;

/** Whether a file of this name may say how programs are run. */
export const isDeploymentFile = (name: string): boolean => YAML.test(name) || PM2.test(name);

/** Most YAML is of something else, and costs nothing but this look. */
const SAYS = /^kind:|^services:|^functions:|AWS::Serverless::Function/m;
const MAX_BYTES = 1_000_000;

/** What the files below `root` say of the programs that are run. */
export function readDeployment(root: string, { files, beside, yaml }: Pick<Discovered, 'files' | 'beside' | 'yaml'>, tree: Pick<Tree, 'read'>): Workload[] {
  return [...files, ...beside, ...yaml].filter((file) => isDeploymentFile(lastPart(file))).flatMap((file) => {
    const { text } = tree.read(file);
    return text === undefined || text.length > MAX_BYTES ? [] : readWorkloads(relative(root, file).replaceAll('\\', '/'), text);
  });
}

/** What a file says of the programs that are run; nothing, when it is of something else. */
export function readWorkloads(file: string, text: string): Workload[] {
  if (PM2.test(lastPart(file))) return /\binstances\b/.test(text) ? readPm2(file, text) : [];
  if (!SAYS.test(text)) return [];
  const documents = yamlDocuments(text);
  return [...readKubernetes(file, documents), ...readCompose(file, documents), ...readServerless(file, documents)];
}

const lastPart = (file: string): string => file.slice(file.lastIndexOf('/') + 1);
