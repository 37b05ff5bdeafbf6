/**
 * Known inputs and the outputs the model gave for them when it was made. They name their own features, so a change of
 * the feature catalogue's order does not touch them.
 */
export interface GoldenVectors {
  readonly features: readonly string[];
  /** Raw feature values; null where undefined. */
  readonly rows: readonly (readonly (number | null)[])[];
  /** Raw head outputs, one row per vector. */
  readonly outputs: readonly (readonly number[])[];
}
