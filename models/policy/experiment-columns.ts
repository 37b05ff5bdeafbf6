import type { DesignShares } from './design-shares.ts';

/** Which column of a log holds what. */
export interface ExperimentColumns {
  /** Customer of the row; null when each row is a customer of its own. */
  readonly id: string | null;
  readonly arm: string;
  readonly reward: string;
  /** A column with the propensity of the logged arm, or the shares of a design that drew alike for everybody. */
  readonly propensity: string | DesignShares;
  /** Known before the arm was given. */
  readonly context: readonly string[];
}
