import type { DurationMs } from '../units.ts';
import type { QualityDimension } from './quality-dimension.ts';

export interface QualityTargets {
  /** Least share of good values, 0 to 1. */
  readonly shares: Readonly<Record<QualityDimension, number>>;
  /** An event that comes later than this after it happened is not timely. */
  readonly timelyMs: DurationMs;
}

const hourMs = 3_600_000;

/** Where the tracking plan says nothing else. */
export const defaultQualityTargets: QualityTargets = {
  shares: { completeness: 0.95, accuracy: 0.98, consistency: 0.95, timeliness: 0.9 },
  timelyMs: 24 * hourMs,
};
