/** What a report may use besides the findings; everything has a default. */
export interface ReportOptions {
  /** ANSI colours (pretty only). */
  readonly color?: boolean;
  /** Markdown documentation of a rule, for formats that carry it (SARIF). */
  readonly help?: (ruleId: string) => string | undefined;
  /** Path from the repository to the program root, for formats whose reader starts at the repository (GitHub). */
  readonly pathPrefix?: string;
}
