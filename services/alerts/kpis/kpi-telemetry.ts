import type { EpochMs } from '../../core/units.ts';
import type { KpiTally } from './kpi-context.ts';

/** Why a partition is counted anew from its log. */
export type RecountReason = 'other-log' | 'log-cut-back';

/** What counting tells its observers. */
export interface KpiTelemetry {
  /** Once the cells hold it. `producedAt`: when the newest record of the chunk was written to the log. */
  counted(partition: number, tally: KpiTally, producedAt: EpochMs): void;
  /** Facts that the log does not hold any more, and that were never counted. */
  lost(partition: number, facts: number): void;
  /** The store is behind the log: the partition is read again from there. */
  wentBack(partition: number, offset: number): void;
  /** What was counted is forgotten. */
  recounts(partition: number, reason: RecountReason): void;
}
