/** A program as a file of the repository says that it is run. */
export interface Workload {
  /** What the file calls it, and the last parts of its images' names. */
  readonly names: readonly string[];
  /** What it is built from, relative to the root; null when the file does not say. */
  readonly directory: string | null;
  /** Processes that run at the same time; null: as many as there is work. */
  readonly replicas: number | null;
  readonly file: string;
  /** 1-based. */
  readonly line: number;
}
