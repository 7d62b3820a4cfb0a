/** How many processes run a piece of code, and the line that says so. */
export interface Replicas {
  readonly count: number | null;
  readonly file: string;
  readonly line?: number;
}
