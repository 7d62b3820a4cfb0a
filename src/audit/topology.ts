import type { SourceLines } from '../load/source-lines.ts';
import type { Walk } from '../program/machine.ts';
import type { Root } from '../program/roots.ts';
import type { Span } from '../vocabulary/ir.ts';
import type { EffectKind, System } from '../vocabulary/model.ts';
import type { Topology, TopologyEdge, TopologyEntry, TopologyKind, TopologyPlace, TopologyResource, TopologyService, TopologyVerb } from '../vocabulary/topology.ts';
import type { ServiceFinder } from '../deployment/services.ts';

interface Where { readonly file: string; readonly span: Span }
interface Edge { readonly from: string; readonly to: string; readonly verb: TopologyVerb; readonly places: Map<string, Where> }

const KINDS: Partial<Record<System, TopologyKind>> = {
  sql: 'store', mongo: 'store', dynamo: 'store', firestore: 'store', cosmos: 'store', redis: 'store', search: 'store', objects: 'store', clickhouse: 'store', store: 'store',
  queue: 'queue', stream: 'queue', pubsub: 'queue', jobs: 'queue', bus: 'queue',
  http: 'remote', rpc: 'remote', payment: 'remote', mail: 'remote', sms: 'remote', push: 'remote', chat: 'remote', ai: 'remote',
};

const VERBS: Partial<Record<EffectKind, TopologyVerb>> = { read: 'reads', write: 'writes', publish: 'publishes', send: 'calls', charge: 'calls', call: 'calls', lock: 'locks', unlock: 'locks' };

/** Put into a queue, and taken out by who asks for it. */
const QUEUE_VERBS: Partial<Record<TopologyVerb, TopologyVerb>> = { writes: 'publishes', reads: 'consumes' };

/** The operating system's, not a message. */
const SIGNAL = /^SIG[A-Z0-9]+$/;

/** What is consumed, when nothing in view publishes it. */
const CONSUMED: Readonly<Record<string, System>> = { queue: 'queue', stream: 'stream', job: 'jobs', event: 'bus' };

/** Reads off the executions what the system is made of: who touches what, and where. */
export class TopologyReader {
  private readonly services = new Map<string, TopologyService>();
  private readonly resources = new Map<string, TopologyResource>();
  private readonly edges = new Map<string, Edge>();
  private readonly entries = new Map<string, { readonly entry: Omit<TopologyEntry, 'line' | 'file'>; readonly where: Where }>();

  constructor(private readonly serviceOf: ServiceFinder) {}

  read(root: Root, walk: Walk): void {
    const service = this.serviceOf(root.entry?.file ?? root.fn.file);
    if (root.entry !== null) this.enter(root, service);
    for (const { effect, frame, span } of walk.occurrences) {
      const kind = KINDS[effect.system];
      // A call on a value of a library that reaches nothing by itself.
      const isBare = effect.system === 'store' && effect.kind === 'call' && effect.resource === null;
      if (kind === undefined || effect.weight === 'telemetry' || isBare) continue;
      const verb = kind === 'remote' ? 'calls' : VERBS[effect.kind];
      if (verb === undefined) continue;
      const resource = { kind, system: effect.system, name: effect.resource, library: effect.library };
      this.link(service, this.resource(resource), kind === 'queue' ? (QUEUE_VERBS[verb] ?? verb) : verb, { file: frame.file, span });
    }
  }

  topology(linesOf: (file: string) => SourceLines | null): Topology {
    const place = ({ file, span }: Where): TopologyPlace => ({ file, line: linesOf(file)?.position(span[0]).line ?? 1 });
    const entryPoints = [...this.entries.values()].map(({ entry, where }): TopologyEntry => ({ ...entry, ...place(where) }));
    this.consumers();
    return {
      services: [...this.services.values()].sort(by(({ id }) => id)),
      entryPoints: entryPoints.sort(by(({ file, line, kind, source }) => `${file}\0${String(line).padStart(8, '0')}\0${kind}\0${source}`)),
      resources: [...this.resources.values()].sort(by(({ id }) => id)),
      edges: [...this.edges.values()].map(({ from, to, verb, places }): TopologyEdge => ({ from, to, verb, places: distinct([...places.values()].map(place)) })).sort(by(({ from, to, verb }) => `${from}\0${to}\0${verb}`)),
    };
  }

  private enter({ entry, fn }: Root, service: TopologyService): void {
    const { shape, file, span, source } = entry!;
    if (shape.kind === 'middleware' || shape.kind === 'test') return;
    this.services.set(service.id, service);
    const name = fn.ir.name === '' ? (entry!.name ?? '') : fn.ir.name;
    // A call that registers a map of handlers, of which none has a route, registers each.
    this.entries.set(`${file}\0${span[0]}\0${shape.kind}\0${source ?? `${fn.file}\0${fn.ir.span[0]}`}`, { entry: { service: service.id, kind: shape.kind, handler: name, source }, where: { file, span } });
  }

  /** Joined by name with what is published, across services. */
  private consumers(): void {
    const published = new Map([...this.resources.values()].filter(({ kind, name }) => kind === 'queue' && name !== null).map(({ name, id }) => [name, id]));
    for (const { entry, where } of this.entries.values()) {
      const system = CONSUMED[entry.kind];
      if (system === undefined || entry.source === null || SIGNAL.test(entry.source)) continue;
      const id = published.get(entry.source) ?? this.resource({ kind: 'queue', system, name: entry.source, library: '' });
      this.link(this.services.get(entry.service)!, id, 'consumes', where);
    }
  }

  private resource(resource: Omit<TopologyResource, 'id'>): string {
    const id = `${resource.kind}:${resource.system}:${resource.name ?? `(${resource.library})`}`;
    if (!this.resources.has(id)) this.resources.set(id, { id, ...resource });
    return id;
  }

  private link(service: TopologyService, to: string, verb: TopologyVerb, where: Where): void {
    this.services.set(service.id, service);
    const key = `${service.id}\0${to}\0${verb}`;
    let edge = this.edges.get(key);
    if (edge === undefined) this.edges.set(key, (edge = { from: service.id, to, verb, places: new Map() }));
    edge.places.set(`${where.file}\0${where.span[0]}`, where);
  }
}

const by = <T>(key: (item: T) => string) => (a: T, b: T): number => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0);

function distinct(places: readonly TopologyPlace[]): TopologyPlace[] {
  const sorted = [...places].sort((a, b) => (a.file !== b.file ? (a.file < b.file ? -1 : 1) : a.line - b.line));
  return sorted.filter(({ file, line }, at) => at === 0 || file !== sorted[at - 1]!.file || line !== sorted[at - 1]!.line);
}
