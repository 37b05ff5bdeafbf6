import type { AppliedFact } from '../../core/kpis/apply-kpi-fact.ts';
import type { CellChange } from '../../core/kpis/cell-change.ts';
import type { CustomerLedger } from '../../core/kpis/customer-ledger.ts';
import type { KpiFact } from '../../core/kpis/kpi-fact.ts';
import type { KpiRules } from '../../core/kpis/kpi-rules.ts';
import type { EngineError } from '../../core/errors.ts';
import type { KpiMark, LedgerKey } from '../../core/ports/kpi-store.ts';
import type { LogChunk, PartitionLease, RawRecord } from '../../core/ports/log.ts';

/** One customer of the chunk. */
export interface KpiWork {
  readonly key: LedgerKey;
  readonly rules: KpiRules;
  /** In the order of the log. */
  readonly facts: KpiFact[];
  ledger: CustomerLedger;
  hasChanged: boolean;
}

/** What became of how many facts. */
export type KpiTally = Record<AppliedFact['result'] | 'unreadable', number>;

/** The work on one chunk, handed from stage to stage. */
export interface KpiChunk {
  readonly chunk: LogChunk;
  readonly lease: PartitionLease;
  /** Connection of the store when the work began. */
  readonly connectionEpoch: number;
  /** How far the partition is counted; records before it are passed over. */
  mark: KpiMark | null;
  /** Facts after the mark that the log does not hold any more. */
  lost: number;
  readonly customers: Map<string, KpiWork>;
  readonly unreadable: { readonly raw: RawRecord; readonly fault: EngineError }[];
  readonly changes: { readonly tenant: string; readonly change: CellChange }[];
  readonly tally: KpiTally;
}
