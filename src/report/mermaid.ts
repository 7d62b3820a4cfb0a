import type { Finding } from '../vocabulary/finding.ts';
import type { Topology } from '../vocabulary/topology.ts';
import { type MapEdge, type MapNode, systemMap } from './system-map.ts';
import { oneLine, plural } from './text.ts';

/** GitHub and GitLab draw no more edges. */
const MAX_EDGES = 400;

/** The map of the system, for whatever draws Mermaid. */
export function mermaid(topology: Topology, findings: readonly Finding[] = []): string {
  const { nodes, edges } = systemMap(topology, findings);
  const drawn = edges.slice(0, MAX_EDGES);
  const ids = new Map(nodes.map(({ id }, at) => [id, `n${at}`]));
  const lines = [
    'flowchart LR',
    ...nodes.map((node) => `  ${ids.get(node.id)}${shape(node)}`),
    ...drawn.map((edge) => `  ${ids.get(edge.from)} -->|${quoted([label(edge)])}| ${ids.get(edge.to)}`),
    ...drawn.flatMap(({ findings }, at) => (findings.length === 0 ? [] : [`  linkStyle ${at} stroke:#d1242f,stroke-width:2px`])),
    ...(edges.length > drawn.length ? [`  %% ${edges.length - drawn.length} further edges are left out`] : []),
  ];
  return `${lines.join('\n')}\n`;
}

function label({ verbs, findings }: MapEdge): string {
  return `${verbs.join(', ')}${findings.length === 0 ? '' : ` · ${plural(findings.length, 'finding')}`}`;
}

function shape({ kind, title, lines }: MapNode): string {
  const text = quoted([title, ...lines]);
  switch (kind) {
    case 'service': return `[${text}]`;
    case 'store': return `[(${text})]`;
    case 'queue': return `>${text}]`;
    case 'remote': return `([${text}])`;
  }
}

/** Names come from the analysed code: nothing in them may end the label or be read as markup. */
function quoted(lines: readonly string[]): string {
  return `"${lines.map((line) => oneLine(line).slice(0, 80).replace(/[#"<>&`\\*_[\]{}()|;~]/g, (char) => `#${char.codePointAt(0)};`)).join('<br/>')}"`;
}
