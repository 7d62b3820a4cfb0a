import { posix } from 'node:path';
import { parse } from '../load/parse.ts';
import { sourceLines } from '../load/source-lines.ts';
import type { Workload } from './workload.ts';

interface Node { readonly type: string; readonly start: number; readonly [key: string]: unknown }

/** Apps of a PM2 ecosystem file, as they are written there: the file is the project's code and does not run. */
export function readPm2(file: string, text: string): Workload[] {
  const source = file.endsWith('.json') ? `(${text})` : text;
  const lines = sourceLines(source);
  const found: Workload[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(visit);
    if (typeof value !== 'object' || value === null) return;
    const node = value as Node;
    if (node.type === 'ObjectExpression') {
      const props = propertiesOf(node);
      const instances = props.get('instances');
      const count = instances === undefined ? undefined : processes(instances);
      if (count !== undefined && (props.has('script') || props.has('name'))) {
        const [name, cwd] = [props.get('name'), props.get('cwd')].map((prop) => (typeof prop?.['value'] === 'string' ? prop['value'] : undefined));
        const directory = posix.join(posix.dirname(file), cwd === undefined || cwd.startsWith('/') ? '.' : cwd);
        found.push({ names: name === undefined ? [] : [name], directory: directory.startsWith('..') ? null : directory === '.' ? '' : directory.replace(/\/$/, ''), replicas: count, file, line: lines.position(instances!.start).line });
      }
    }
    for (const [key, part] of Object.entries(node)) if (key !== 'parent') visit(part);
  };
  visit(parse(file.endsWith('.json') ? `${file}.js` : file, source).program);
  return found;
}

function propertiesOf(node: Node): Map<string, Node> {
  return new Map((node['properties'] as readonly Node[]).flatMap((property) => {
    const key = property['key'] as Node | undefined;
    const name = key?.type === 'Identifier' ? key['name'] : key?.['value'];
    return property.type === 'Property' && typeof name === 'string' ? [[name, property['value'] as Node] as const] : [];
  }));
}

/** `instances: 4`, `'max'`, `-1` (all processors but one), `0` (all of them). */
function processes(node: Node): number | null | undefined {
  if (node.type === 'UnaryExpression') return null;
  const { value } = node as unknown as { readonly value: unknown };
  if (value === 'max' || value === 0 || value === '0') return null;
  return Number.isInteger(Number(value)) && Number(value) > 0 ? Number(value) : undefined;
}
