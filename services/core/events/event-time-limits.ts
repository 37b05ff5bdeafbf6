import { dayMs } from './epoch-day.ts';
import type { DurationMs, EpochMs } from '../units.ts';

/** Imported events may not be older. */
export const earliestHistorical: EpochMs = Date.UTC(1990, 0, 1);

/** How far the clock of a sender may be ahead of ours. */
export const maxAheadMs: DurationMs = dayMs;
