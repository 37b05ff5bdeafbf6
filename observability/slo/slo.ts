/** A promise to users: at least `objective` of what is asked goes well, over 30 days. */
export interface Slo {
  /** Label `slo`; lower-case words with dashes. */
  readonly name: string;
  /** Begins the names of its alerts. */
  readonly alert: string;
  /** What is promised, as a sentence of the runbook. */
  readonly promise: string;
  /** 0 to 1, below 1. */
  readonly objective: number;
  /** What was asked, as a counter's selector. */
  readonly total: string;
  /** What went badly, or what went well: a counter's selector; several are added. */
  readonly counted: { readonly bad: readonly string[] } | { readonly good: readonly string[] };
}
