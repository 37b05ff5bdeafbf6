import type { EpochDay } from '../../units.ts';
import type { SparseCounts } from './sparse-counts.ts';

/** What one event adds to the signals of its day. */
export interface Signal {
  readonly counts: SparseCounts;
  /** Its step in a case (`case-marks.ts`); null for all other events. */
  caseMark: number | null;
  /** Last day of the contract that it signs; null where it signs none or names no end. */
  contractEnd: EpochDay | null;
}
