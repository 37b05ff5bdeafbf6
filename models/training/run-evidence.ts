import type { FeatureImportance } from './measures/feature-importance.ts';

/** How far something has moved between the training cuts and the newest one (population stability index). */
export interface Drift {
  readonly name: string;
  readonly psi: number;
}

/** What a rehearsal said of the customers of the newest cut, what they did, and what its answers hang on. */
export interface RunEvidence {
  /** Probability of 90 days' silence, per row. */
  readonly churn: readonly number[];
  readonly silent: readonly boolean[];
  /** Expected and real spend of the same rows, major units. */
  readonly expectedSpend: readonly number[];
  readonly spend: readonly number[];
  /** Greatest first. */
  readonly importance: readonly FeatureImportance[];
  /** Of the features that are inputs, greatest first. */
  readonly inputDrift: readonly Drift[];
  readonly scoreDrift: number;
}
