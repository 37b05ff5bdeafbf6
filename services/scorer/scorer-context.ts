import type { ErrorCode } from '../core/errors.ts';
import type { ActivationContent, CustomerRecord } from '../core/events/customer-record.ts';
import type { CountedEvent } from '../core/kpis/compose-event-fact.ts';
import type { KpiFactKind } from '../core/kpis/kpi-fact.ts';
import type { CustomerState, Mark } from '../core/features/customer-state.ts';
import type { LogChunk, OutgoingRecord, PartitionLease, RawRecord } from '../core/ports/log.ts';
import type { CustomerKey } from '../core/ports/state-store.ts';
import type { Score, ScoreCause } from '../core/scoring/score.ts';
import type { EpochDay } from '../core/units.ts';
import type { PartitionControl } from './partition-control.ts';
import type { ScorerTenant } from './scorer-tenant.ts';

/** One customer of the chunk: the state being folded and the version it was loaded at. */
export interface CustomerEntry {
  readonly id: string;
  readonly key: CustomerKey;
  readonly state: CustomerState;
  readonly loadedVersion: number;
  /** The state came from memory: this process wrote it, and published what follows from it, in an earlier chunk. */
  readonly isCached: boolean;
  /** Only records that no feature reads asked for the state: nothing of the chunk changes it. */
  readonly isOnlyLookedAt: boolean;
  /** Mark of this partition when the state was loaded; null when it had none. */
  readonly baseMark: Mark | null;
}

/** One record that is to be scored, with everything its score depends on. A closed day is a record of each customer. */
export interface ScoredRow {
  readonly entry: CustomerEntry;
  readonly record: CustomerRecord;
  readonly tenant: ScorerTenant;
  readonly activation: ActivationContent;
  readonly asOf: EpochDay;
  readonly stateVersion: number;
  /** Median of the customer's own days between purchases; NaN below two purchase days. */
  readonly gapMedian: number;
  /** `day`: published only if the risk moved. `late`: an earlier answer was corrected. */
  readonly cause: Extract<ScoreCause, 'event' | 'late' | 'day'>;
  /** Where the record stands in the log; of a closed day, where the record does that closed it. */
  readonly epoch: number;
  readonly sequence: number;
  /** What KPIs count of it; null where that is nothing. */
  readonly counted: CountedEvent | null;
}

/** What one row says of its customer. */
export interface RowVerdict {
  /** Published, but for a closed day whose figures cannot be trusted. */
  readonly score: Score;
  /** Stage, tier or level is another than before. */
  readonly isElsewhere: boolean;
}

/** An event that KPIs count although no score is made of it. */
export interface UnscoredEvent {
  readonly counted: CountedEvent;
  /** Rows of the chunk that come before it. */
  readonly rowsBefore: number;
}

export interface DecodedRecord {
  readonly raw: RawRecord;
  readonly record: CustomerRecord;
}

export interface UnreadableRecord {
  readonly raw: RawRecord;
  readonly code: ErrorCode;
  readonly detail: string;
  readonly record: CustomerRecord | null;
}

/** The work on one chunk, handed from stage to stage. */
export interface ScorerContext {
  readonly chunk: LogChunk;
  readonly lease: PartitionLease;
  readonly connectionEpoch: number;
  control: PartitionControl;
  records: DecodedRecord[];
  unreadable: UnreadableRecord[];
  /** First offset not handled by this chunk. */
  nextOffset: number;
  readonly customers: Map<string, CustomerEntry>;
  readonly rows: ScoredRow[];
  /** Raw features, one row of `featureNames.length` doubles per scored row. */
  features: Float64Array;
  readonly outgoing: OutgoingRecord[];
  readonly scores: Score[];
  /** In the order of the log. */
  readonly unscored: UnscoredEvent[];
  /** Of each row; null for a closed day without news. */
  readonly verdicts: (RowVerdict | null)[];
  /** Facts for KPIs, for the metrics. */
  readonly facts: Map<KpiFactKind, number>;
  /** Places of customers that changed and were announced. */
  segmentChanges: number;
  /** Rows whose inputs or outputs were not finite. */
  readonly degraded: ScoredRow[];
  /** Live events beyond the horizon: they go to the late topic and change nothing. */
  readonly late: DecodedRecord[];
  /** Records by what became of them, for the metrics. */
  readonly counts: Map<string, number>;
  /** Settles when the customers that are new to the partition stand in its index. */
  indexed: Promise<void>;
  /** The partition's control has to be stored although the watermark does not move. */
  isControlChanged: boolean;
}

export function count(context: ScorerContext, result: string): void {
  context.counts.set(result, (context.counts.get(result) ?? 0) + 1);
}
