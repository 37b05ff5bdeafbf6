import type { EpochMs } from '../units.ts';

/** One name that the tracking plan does not know. */
export interface UnmappedName {
  readonly source: string;
  readonly name: string;
  /** Accepted events of this name. */
  readonly count: number;
  readonly firstSeen: EpochMs;
  readonly lastSeen: EpochMs;
}
