/** A fitted model, or the sentence that says why the data allow none and what to do. */
export type FitOutcome<P> = Fitted<P> | { readonly fitted: false; readonly reason: string };

export interface Fitted<P> {
  readonly fitted: true;
  readonly parameters: P;
  /** Sum over the customers, natural logarithm. */
  readonly logLikelihood: number;
  /** Customers that the likelihood is summed over. */
  readonly customers: number;
  /** Parameters that ended at a bound: the data do not say how far beyond they lie. */
  readonly atBounds: readonly (keyof P & string)[];
}
