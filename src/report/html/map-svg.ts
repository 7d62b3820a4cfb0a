import type { MapEdge, MapNode, SystemMap } from '../system-map.ts';
import { oneLine, plural } from '../text.ts';
import { type Markup, markup } from './markup.ts';

interface Box extends MapNode {
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

const WIDTH = 216;
const LINE = 16;
const GAP = 22;
const COLUMN = 400;
const CHARS = 31;
const TITLE = 26;

/** Queues on the left, services in the middle, what they keep and call on the right. */
export function mapSvg({ nodes, edges }: SystemMap): Markup {
  const boxes = new Map(placed(nodes, edges).map((box) => [box.id, box]));
  const all = [...boxes.values()];
  const badges: Point[] = [];
  const left = Math.min(...all.map(({ x }) => x));
  const width = Math.max(...all.map(({ x }) => x)) + WIDTH - left + 8;
  const height = Math.max(...all.map(({ y, height }) => y + height)) + 8;
  return markup`<svg class="map" role="group" aria-label="Map of the system: services in the middle, queues on the left, stores and remote services on the right" viewBox="${left - 4} 0 ${width} ${height}" width="${width}" height="${height}">
<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse" orient="auto-start-reverse"><path d="M0 0L8 4L0 8z"/></marker></defs>
${edges.map((edge, at) => path(edge, at, boxes, badges))}
${all.map(box)}
</svg>`;
}

function placed(nodes: readonly MapNode[], edges: readonly MapEdge[]): Box[] {
  const neighbours = new Map<string, string[]>();
  for (const { from, to } of edges) for (const [a, b] of [[from, to], [to, from]] as const) neighbours.set(a, [...(neighbours.get(a) ?? []), b]);
  const columns = [nodes.filter(({ kind }) => kind === 'queue'), nodes.filter(({ kind }) => kind === 'service'), nodes.filter(({ kind }) => kind === 'store' || kind === 'remote')];
  // Each beside what it is linked to, so that few edges cross.
  const order = new Map(columns.flatMap((column) => column.map(({ id }, at) => [id, at / Math.max(1, column.length)] as const)));
  for (let round = 0; round < 4; round += 1) {
    for (const at of [0, 2, 1]) {
      const wish = ({ id }: MapNode): number => mean((neighbours.get(id) ?? []).map((other) => order.get(other)!), order.get(id)!);
      columns[at] = [...columns[at]!].sort((a, b) => wish(a) - wish(b) || (a.id < b.id ? -1 : 1));
      columns[at]!.forEach(({ id }, index) => order.set(id, index / Math.max(1, columns[at]!.length)));
    }
  }
  const heights = columns.map((column) => column.reduce((sum, node) => sum + heightOf(node) + GAP, 0));
  const tallest = Math.max(...heights);
  return columns.flatMap((column, at) => {
    const space = column.length === 0 ? 0 : (tallest - heights[at]!) / column.length;
    let y = 8 + space / 2;
    return column.map((node): Box => {
      const height = heightOf(node);
      const here = { ...node, x: at * COLUMN, y: Math.round(y), height };
      y += height + GAP + space;
      return here;
    });
  });
}

const mean = (values: readonly number[], otherwise: number): number => (values.length === 0 ? otherwise : values.reduce((sum, value) => sum + value, 0) / values.length);

const heightOf = ({ lines }: MapNode): number => 30 + lines.length * LINE;

const KINDS: Readonly<Record<MapNode['kind'], string>> = { service: 'service', store: 'store', queue: 'queue', remote: 'remote service' };

function box({ id, kind, title, lines, x, y, height }: Box): Markup {
  const full = `${KINDS[kind]} ${oneLine(title)}${lines.length === 0 ? '' : `: ${lines.map(oneLine).join(', ')}`}`;
  return markup`<a href="#node=${encodeURIComponent(id)}" class="node ${kind}" aria-label="${full}: show its findings"><title>${full}</title>
<rect x="${x}" y="${y}" width="${WIDTH}" height="${height}" rx="${kind === 'remote' ? 14 : kind === 'queue' ? 0 : 5}"/>
<text x="${x + 12}" y="${y + 20}" class="title">${cut(title, TITLE)}</text>
${lines.map((line, at) => markup`<text x="${x + 12}" y="${y + 20 + (at + 1) * LINE}">${cut(line)}</text>`)}</a>
`;
}

const cut = (text: string, chars = CHARS): string => {
  const line = oneLine(text);
  return line.length > chars ? `${line.slice(0, chars - 1)}…` : line;
};

function path({ from, to, verbs, findings }: MapEdge, at: number, boxes: ReadonlyMap<string, Box>, badges: Point[]): Markup {
  const a = boxes.get(from)!;
  const b = boxes.get(to)!;
  const forward = b.x > a.x;
  const [x1, x2] = forward ? [a.x + WIDTH, b.x] : [a.x, b.x + WIDTH];
  const [y1, y2] = [port(a, b), port(b, a)];
  const bend = (x2 - x1) / 2;
  const label = `${oneLine(a.title)} → ${oneLine(b.title)}: ${verbs.join(', ')}${findings.length === 0 ? '' : `, ${plural(findings.length, 'finding')}`}`;
  const line = markup`<path d="M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}" marker-end="url(#arrow)"${verbs.includes('publishes') && verbs.includes('consumes') ? markup` marker-start="url(#arrow)"` : ''}/>`;
  if (findings.length === 0) return markup`<g class="edge"><title>${label}</title>${line}</g>
`;
  const points = ALONG.map((t): Point => ({ x: Math.round(bezier(t, x1, x1 + bend, x2 - bend, x2)), y: Math.round(bezier(t, y1, y1, y2, y2)) }));
  const free = points.find(({ x, y }) => badges.every((other) => Math.hypot(other.x - x, other.y - y) > 23)) ?? points[0]!;
  badges.push(free);
  const { x, y } = free;
  return markup`<a href="#edge=${at}" class="edge found" aria-label="${label}: show them"><title>${label}</title>${line}<circle cx="${x}" cy="${y}" r="11"/><text x="${x}" y="${y + 4}" text-anchor="middle">${findings.length}</text></a>
`;
}

/** Where the number may stand on its edge, the best first. */
const ALONG = [0.5, 0.62, 0.38, 0.72, 0.28, 0.8, 0.2];

const bezier = (t: number, a: number, b: number, c: number, d: number): number => (1 - t) ** 3 * a + 3 * (1 - t) ** 2 * t * b + 3 * (1 - t) * t ** 2 * c + t ** 3 * d;

/** Edges leave a box at heights in the order of where they go. */
function port(here: Box, there: Box): number {
  const towards = (there.y + there.height / 2 - here.y - here.height / 2) / 600;
  return Math.round(here.y + here.height / 2 + Math.max(-1, Math.min(1, towards)) * (here.height / 2 - 8));
}
