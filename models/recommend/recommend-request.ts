import type { EpochDay } from '../../services/core/units.ts';

export interface RecommendRequest {
  /** First day that is not looked at. */
  readonly cut: EpochDay;
  /** Days before the cut that are looked at. */
  readonly historyDays: number;
  /** Days after a cut in which a recommendation can come true. */
  readonly horizonDays: number;
  /** Items per customer. */
  readonly top: number;
  /** Items with the most buyers that may be recommended, at most. */
  readonly maxItems: number;
  /** Whether items that the customer has bought before may be recommended. */
  readonly repeats: boolean;
}
