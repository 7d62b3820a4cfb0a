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
const COLUMN = 440;
const TITLE_SIZE = 14.5;

/** Queues on the left, services in the middle, what they keep and call on the right. */
export function mapSvg({ nodes, edges }: SystemMap): Markup {
  const boxes = new Map(placed(nodes, edges).map((box) => [box.id, box]));
  const all = [...boxes.values()];
  const lines = courses(edges, boxes);
  const badges: Point[] = [];
  const left = Math.min(...all.map(({ x }) => x));
  const width = Math.max(...all.map(({ x }) => x)) + WIDTH - left + 8;
  const height = Math.max(...all.map(({ y, height }) => y + height)) + 8;
  return markup`<svg class="map" role="group" aria-label="Map of the system: services in the middle, queues on the left, stores and remote services on the right" viewBox="${left - 4} 0 ${width} ${height}" width="${width}" height="${height}">
<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse" orient="auto-start-reverse"><path d="M0 0L8 4L0 8z"/></marker></defs>
${lines.map(line)}
${all.map(box)}
${lines.map((course) => badge(course, badges))}
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

function box({ id, kind, title, lines, x, y, height }: Box, at: number): Markup {
  const full = `${KINDS[kind]} ${oneLine(title)}${lines.length === 0 ? '' : `: ${lines.map(oneLine).join(', ')}`}`;
  return markup`<a href="#node=${encodeURIComponent(id)}" class="node ${kind}" data-node="${at}" aria-label="${full}: show its findings"><title>${full}</title>
<rect x="${x}" y="${y}" width="${WIDTH}" height="${height}" rx="${kind === 'remote' ? 14 : kind === 'queue' ? 0 : 5}"/>
<text x="${x + 12}" y="${y + 20}" class="title">${cut(title, TITLE_SIZE)}</text>
${lines.map((line, at) => markup`<text x="${x + 12}" y="${y + 20 + (at + 1) * LINE}">${cut(line)}</text>`)}</a>
`;
}

/** As much of a text as a box holds. Capitals are wide, and a title is bold. */
function cut(text: string, size = 12): string {
  const line = oneLine(text);
  let width = 0;
  for (let at = 0; at < line.length; at += 1) {
    width += size * (/[A-Z_@MWmw]/.test(line[at]!) ? 0.72 : /[ijlt.,:;'|/ ()-]/.test(line[at]!) ? 0.36 : 0.58);
    if (width > WIDTH - 24) return `${line.slice(0, Math.max(1, at - 1))}…`;
  }
  return line;
}

interface Course {
  readonly at: number;
  readonly edge: MapEdge;
  readonly d: string;
  readonly ends: string;
  readonly label: string;
  readonly point: (t: number) => Point;
}

function courses(edges: readonly MapEdge[], boxes: ReadonlyMap<string, Box>): Course[] {
  const portOf = ports(edges, boxes);
  const index = new Map([...boxes.keys()].map((id, at) => [id, at]));
  return edges.map((edge, at) => {
    const { from, to, verbs, findings } = edge;
    const [a, b] = [boxes.get(from)!, boxes.get(to)!];
    const [x1, x2] = b.x > a.x ? [a.x + WIDTH, b.x] : [a.x, b.x + WIDTH];
    const [y1, y2] = [portOf(edge, a), portOf(edge, b)];
    const bend = (x2 - x1) / 2;
    return {
      at, edge, ends: `${index.get(from)!} ${index.get(to)!}`,
      d: `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`,
      label: `${oneLine(a.title)} → ${oneLine(b.title)}: ${verbs.join(', ')}${findings.length === 0 ? '' : `, ${plural(findings.length, 'finding')}`}`,
      point: (t) => ({ x: Math.round(bezier(t, x1, x1 + bend, x2 - bend, x2)), y: Math.round(bezier(t, y1, y1, y2, y2)) }),
    };
  });
}

function line({ edge: { verbs, findings }, d, ends, label }: Course): Markup {
  return markup`<g class="edge${findings.length > 0 ? ' hot' : ''}" data-ends="${ends}"><title>${label}</title><path d="${d}" marker-end="url(#arrow)"${verbs.includes('publishes') && verbs.includes('consumes') ? markup` marker-start="url(#arrow)"` : ''}/></g>
`;
}

/** Above all lines, so that every number can be read. */
function badge({ at, edge: { findings }, d, ends, label, point }: Course, badges: Point[]): Markup | string {
  if (findings.length === 0) return '';
  const free = ALONG.map(point).find(({ x, y }) => badges.every((other) => Math.hypot(other.x - x, other.y - y) > 23)) ?? point(0.5);
  badges.push(free);
  const { x, y } = free;
  return markup`<a href="#edge=${at}" class="edge found" data-ends="${ends}" aria-label="${label}: show them"><title>${label}</title><path d="${d}"/><circle cx="${x}" cy="${y}" r="11"/><text x="${x}" y="${y + 4}" text-anchor="middle">${findings.length}</text></a>
`;
}

/** Where the number may stand on its edge, the best first. */
const ALONG = [0.5, 0.6, 0.4, 0.7, 0.3, 0.8, 0.2, 0.88, 0.12];

const bezier = (t: number, a: number, b: number, c: number, d: number): number => (1 - t) ** 3 * a + 3 * (1 - t) ** 2 * t * b + 3 * (1 - t) * t ** 2 * c + t ** 3 * d;

/** Edges leave and reach a side of a box one below the other, in the order of where they go. */
function ports(edges: readonly MapEdge[], boxes: ReadonlyMap<string, Box>): (edge: MapEdge, here: Box) => number {
  const sides = new Map<string, { readonly edge: MapEdge; readonly there: Box }[]>();
  const sideOf = (here: Box, there: Box): string => `${here.id}\0${there.x > here.x}`;
  for (const edge of edges) {
    const [a, b] = [boxes.get(edge.from)!, boxes.get(edge.to)!];
    for (const [here, there] of [[a, b], [b, a]] as const) sides.set(sideOf(here, there), [...(sides.get(sideOf(here, there)) ?? []), { edge, there }]);
  }
  for (const side of sides.values()) side.sort((one, other) => one.there.y - other.there.y);
  return (edge, here) => {
    const there = boxes.get(edge.from === here.id ? edge.to : edge.from)!;
    const side = sides.get(sideOf(here, there))!;
    return Math.round(here.y + (here.height * (side.findIndex((one) => one.edge === edge) + 1)) / (side.length + 1));
  };
}
