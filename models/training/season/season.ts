import type { EpochDay } from '../../../services/core/units.ts';

/** What the customers of a year ago did in the season to come, and how far apart it pulls customers. */
export interface Season {
  /** The cut that the season is taken from: the same day a year before. */
  readonly yearAgo: EpochDay;
  /** Who was silent for longer could not be seen then: the season says nothing of them directly. At most 365. */
  readonly reachDays: number;
  /** Of the customers of that cut: share that stayed silent, gross spend in major units and purchase days of each. */
  readonly churn: number;
  readonly spend: number;
  readonly purchaseDays: number;
  /** How far apart the season pulls the logits of silence: below 1 where even lapsing customers buy, as before a feast. */
  readonly scale: number;
  /** How far apart it pulls the logarithms of expected spend. */
  readonly spendScale: number;
}
