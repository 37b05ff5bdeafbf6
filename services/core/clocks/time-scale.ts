import type { EpochMs } from '../units.ts';

/**
 * What a clock counts. Units are milliseconds of plain time, milliseconds of working time, or, for working days,
 * shares of a working day of which a whole one has 86,400,000.
 */
export interface TimeScale {
  /** Units from one instant to a later one; 0 if it is not later. Adds up over adjoining stretches. */
  between(from: EpochMs, to: EpochMs): number;
  /** The first instant at or after `from` by which `units` have passed. */
  after(from: EpochMs, units: number): EpochMs;
}

/** Every hour counts, day and night. */
export const plainTime: TimeScale = {
  between: (from, to) => Math.max(0, to - from),
  after: (from, units) => from + Math.max(0, units),
};
