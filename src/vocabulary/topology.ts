/** A line of code that does it. */
export interface TopologyPlace {
  readonly file: string;
  readonly line: number;
}

/** What is deployed together, as far as the repository says: a configured deployable, else a package. */
export interface TopologyService {
  readonly id: string;
  readonly name: string;
  /** Of its package, relative to the root; empty for the root itself. */
  readonly directory: string;
}

export interface TopologyEntry extends TopologyPlace {
  readonly service: string;
  /** As the catalog names it: `http`, `queue`, `cron`, … */
  readonly kind: string;
  /** Name of the handling function. */
  readonly handler: string;
  /** Route, queue, topic or schedule, when it is a constant. */
  readonly source: string | null;
}

export type TopologyKind = 'store' | 'queue' | 'remote';

/** Something outside of the processes: a table, a queue, another service. */
export interface TopologyResource {
  readonly id: string;
  readonly kind: TopologyKind;
  /** As the catalog names it: `sql`, `redis`, `queue`, `http`, … */
  readonly system: string;
  /** Null when only the client tells what it is. */
  readonly name: string | null;
  readonly library: string;
}

export type TopologyVerb = 'reads' | 'writes' | 'publishes' | 'consumes' | 'calls' | 'locks';

export interface TopologyEdge {
  /** Id of a service. */
  readonly from: string;
  /** Id of a resource. */
  readonly to: string;
  readonly verb: TopologyVerb;
  readonly places: readonly TopologyPlace[];
}

/** The system as read from the code; all lists are sorted. */
export interface Topology {
  readonly services: readonly TopologyService[];
  readonly entryPoints: readonly TopologyEntry[];
  readonly resources: readonly TopologyResource[];
  readonly edges: readonly TopologyEdge[];
}
