import type { Finding } from '../vocabulary/finding.ts';
import type { Topology, TopologyEdge, TopologyResource, TopologyVerb } from '../vocabulary/topology.ts';
import { plural } from './text.ts';

export interface MapNode {
  readonly id: string;
  readonly kind: 'service' | 'store' | 'queue' | 'remote';
  readonly title: string;
  readonly lines: readonly string[];
}

export interface MapEdge {
  readonly from: string;
  readonly to: string;
  readonly verbs: readonly TopologyVerb[];
  readonly findings: readonly Finding[];
}

/** The system on one page: tables and keys of a store stand in one node, routes and jobs of a service in its own. */
export interface SystemMap {
  readonly nodes: readonly MapNode[];
  readonly edges: readonly MapEdge[];
}

/** More queues or remote services of one making are one node. */
const SINGLES = 24;
const LISTED = 5;

const SYSTEMS: Readonly<Record<string, string>> = {
  sql: 'SQL', mongo: 'MongoDB', dynamo: 'DynamoDB', firestore: 'Firestore', cosmos: 'Cosmos DB', redis: 'Redis', search: 'Search', objects: 'Object store',
  clickhouse: 'ClickHouse', queue: 'Queue', stream: 'Stream', pubsub: 'Pub/Sub', jobs: 'Jobs', bus: 'Event bus', http: 'HTTP', rpc: 'RPC', payment: 'Payments', mail: 'Mail', sms: 'SMS',
  push: 'Push', chat: 'Chat', ai: 'AI', files: 'Files', process: 'Processes', store: 'Store',
};

const ENTRIES: Readonly<Record<string, readonly [string, string]>> = {
  http: ['HTTP route', 'HTTP routes'], rpc: ['RPC method', 'RPC methods'], queue: ['queue consumer', 'queue consumers'], stream: ['stream consumer', 'stream consumers'], webhook: ['webhook', 'webhooks'],
  cron: ['scheduled job', 'scheduled jobs'], event: ['event listener', 'event listeners'], job: ['job', 'jobs'], cdc: ['change stream', 'change streams'], script: ['script', 'scripts'], middleware: ['middleware', 'middlewares'],
};

export const systemName = (system: string): string => SYSTEMS[system] ?? system;

/** `12 HTTP routes`. */
export function entryCount(kind: string, count: number): string {
  const [one, many] = ENTRIES[kind] ?? [kind, `${kind}s`];
  return plural(count, one, many);
}

export function systemMap(topology: Topology, findings: readonly Finding[] = []): SystemMap {
  const nodeOf = grouping(topology.resources);
  const groups = new Map<string, TopologyResource[]>();
  for (const resource of topology.resources) {
    const id = nodeOf(resource);
    groups.set(id, [...(groups.get(id) ?? []), resource]);
  }
  const byId = new Map(topology.resources.map((resource) => [resource.id, resource]));
  const edges = mergedEdges(topology.edges, (id) => nodeOf(byId.get(id)!), findings);
  const used = new Set(edges.flatMap(({ from, to }) => [from, to]));
  return {
    nodes: [
      ...topology.services.filter(({ id }) => used.has(id) || topology.entryPoints.some((entry) => entry.service === id)).map(({ id, name }): MapNode => ({ id, kind: 'service', title: name, lines: entryLines(topology, id) })),
      ...[...groups].map(([id, resources]) => resourceNode(id, resources)),
    ],
    edges,
  };
}

/** Paths and parts of an interface belong to the client that they are called through. */
const isHost = ({ name }: TopologyResource): boolean => name !== null && !name.startsWith('/') && /[.:]/.test(name);

/** Of `https://api.example.com/rates`, `api.example.com`: one machine, whatever is asked of it. */
const hostOf = ({ name }: TopologyResource): string => name!.replace(/^[a-z][\w+.-]*:\/\//i, '').replace(/^[^/@]*@/, '').replace(/[/?#].*$/, '') || name!;

/** What the platform itself has is no library to anybody. */
const clientName = ({ library }: TopologyResource): string => (library === 'platform' ? 'fetch' : library);

function grouping(resources: readonly TopologyResource[]): (resource: TopologyResource) => string {
  const many = new Map<string, number>();
  for (const { kind, system } of resources) many.set(`${kind} ${system}`, (many.get(`${kind} ${system}`) ?? 0) + 1);
  return (resource) => {
    const { kind, system, id, library } = resource;
    if (kind === 'store' || many.get(`${kind} ${system}`)! > SINGLES) return `${kind}:${system}`;
    if (kind !== 'remote') return id;
    return isHost(resource) ? `${kind}:${system}:${hostOf(resource)}` : `${kind}:${system}:(${library})`;
  };
}

function entryLines({ entryPoints }: Topology, service: string): string[] {
  const kinds = new Map<string, number>();
  for (const entry of entryPoints) if (entry.service === service) kinds.set(entry.kind, (kinds.get(entry.kind) ?? 0) + 1);
  return [...kinds].sort(([a, inA], [b, inB]) => inB - inA || (a < b ? -1 : 1)).map(([kind, count]) => entryCount(kind, count));
}

function resourceNode(id: string, resources: readonly TopologyResource[]): MapNode {
  const [first] = resources;
  const { kind, system, name, library } = first!;
  if (kind === 'queue' && resources.length === 1 || kind === 'remote' && isHost(first!)) {
    const title = kind === 'remote' ? hostOf(first!) : (name ?? library);
    return { id, kind, title, lines: [name === null || library === '' ? systemName(system) : `${systemName(system)}, ${[...new Set(resources.map(clientName))].join(', ')}`] };
  }
  const names = resources.flatMap((resource) => (resource.name === null ? [] : [resource.name]));
  const libraries = [...new Set(resources.map(clientName))];
  const title = kind === 'remote' && libraries.length === 1 ? libraries[0]! : systemName(system);
  const sub = kind === 'remote' && libraries.length === 1 ? [systemName(system)] : names.length === 0 ? [libraries.join(', ')] : [];
  return { id, kind, title, lines: [...sub, ...names.slice(0, LISTED), ...(names.length > LISTED ? [`and ${names.length - LISTED} more`] : [])] };
}

const ORDER: readonly TopologyVerb[] = ['consumes', 'calls', 'reads', 'writes', 'locks', 'publishes'];

function mergedEdges(edges: readonly TopologyEdge[], nodeOf: (resource: string) => string, findings: readonly Finding[]): MapEdge[] {
  const merged = new Map<string, { from: string; to: string; verbs: Set<TopologyVerb>; places: Set<string> }>();
  for (const { from, to, verb, places } of edges) {
    const node = nodeOf(to);
    // What is consumed flows the other way.
    const [source, target] = verb === 'consumes' ? [node, from] : [from, node];
    const key = `${source}\0${target}`;
    const known = merged.get(key) ?? { from: source, to: target, verbs: new Set(), places: new Set() };
    known.verbs.add(verb);
    for (const { file, line } of places) known.places.add(`${file}:${line}`);
    merged.set(key, known);
  }
  const ends = findings.map((finding) => [finding, endsOf(finding)] as const);
  return [...merged.values()].map(({ from, to, verbs, places }) => ({
    from, to,
    verbs: ORDER.filter((verb) => verbs.has(verb)),
    findings: ends.filter(([, of]) => of.some((place) => places.has(place))).map(([finding]) => finding),
  }));
}

/** The effect of a finding is the last step of its path. */
function endsOf({ location, flow }: Finding): string[] {
  const last = flow.at(-1);
  return [`${location.file}:${location.startLine}`, ...(last === undefined ? [] : [`${last.file}:${last.startLine}`])];
}
