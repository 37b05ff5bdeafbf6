import type { EpochDay } from '../../../services/core/units.ts';

/** How much one season differs from all the training cuts together, for customers alike in what they have done. */
export interface Season {
  /** The cut that the season is taken from: the same day a year before; null where the history does not reach back. */
  readonly yearAgo: EpochDay | null;
  /** To add to the logit of silence. */
  readonly logit: number;
  /** How far apart the season pulls those logits: below 1 where even lapsing customers buy, as before a feast. */
  readonly scale: number;
  /** Natural logarithms of factors on expected spend and purchase days. */
  readonly logSpend: number;
  readonly logCount: number;
  /** How far apart the season pulls the logarithms of expected spend. */
  readonly spendScale: number;
}

/** The mean of all seasons that the training cuts hold. */
export const meanSeason: Season = { yearAgo: null, logit: 0, scale: 1, logSpend: 0, logCount: 0, spendScale: 1 };
