import type { EpochMs } from '../services/core/units.ts';

/** Where the demo business meets its customers. Each is a source of its own, with its own write key. */
export const demoSources = ['web', 'app', 'pos', 'call', 'survey'] as const;

export type DemoSource = (typeof demoSources)[number];

/**
 * - `steady`: buys at its rhythm, for good
 * - `dissatisfied`: complains, stops buying, hesitates, and cancels what it still has open; then it is gone
 * - `lapsing`: one day it is gone, without a sign
 */
export type Behaviour = 'steady' | 'dissatisfied' | 'lapsing';

/** The hidden truth about one customer: what the engine has to find out from events alone. */
export interface Customer {
  readonly id: string;
  readonly behaviour: Behaviour;
  readonly joinedAt: EpochMs;
  readonly meanGapDays: number;
  /** Shape of the gamma law of the gaps; 1 is irregular, 5 like clockwork. */
  readonly gapShape: number;
  /** Median order value in major units of the currency. */
  readonly medianOrder: number;
  /** Standard deviation of the logarithm of the order value. */
  readonly orderSigma: number;
  /** 0 = the same all year; 0.8 = hardly anything out of season. */
  readonly seasonStrength: number;
  /** Day of the year with the most purchases. */
  readonly seasonPeakDay: number;
  readonly favouriteSource: 'web' | 'app' | 'pos';
  /** Beginning of dissatisfaction; null for the others. */
  readonly dissatisfiedFrom: EpochMs | null;
  /** Nothing comes from the customer at or after this moment; null where it stays. */
  readonly gone: EpochMs | null;
}
