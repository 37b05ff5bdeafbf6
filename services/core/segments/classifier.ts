export type ClassifierKind = 'tier' | 'stage' | 'cell';

/** One scheme or machine, compiled: says in which of its places a customer stands. */
export interface Classifier {
  readonly kind: ClassifierKind;
  readonly name: string;
  readonly places: readonly string[];
  readonly announced: boolean;
  /** Reads what a model says: keeps its place while that cannot be trusted. */
  readonly isPredicted: boolean;
  /**
   * @param previous place before; -1 for none
   * @returns the place; -1 while it has none, such as before the scheme's cut-offs are in force
   */
  assign(values: Float64Array, previous: number): number;
  /** The measure or the transition that decided a change; null where there is nothing to name. */
  because(values: Float64Array, previous: number, next: number): string | null;
}
