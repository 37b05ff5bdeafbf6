import type { CellChange } from '../kpis/cell-change.ts';
import type { CellName } from '../kpis/cells.ts';
import type { KpiDimension } from '../kpis/kpi-dimension.ts';
import type { Period } from '../kpis/period.ts';
import type { Surrogate } from '../units.ts';

/** Whose ledger it is. */
export interface LedgerKey {
  readonly tenant: string;
  readonly surrogate: Surrogate;
}

/** How far the facts of a partition are counted. */
export interface KpiMark {
  /** Which log it is; another one after the topic was created again. Null where it cannot be known. */
  readonly logId: string | null;
  /** First offset that is not counted. */
  readonly nextOffset: number;
}

export interface KpiUpdate {
  /** The mark the work began with; null where there was none. */
  readonly expected: KpiMark | null;
  readonly mark: KpiMark;
  /** Null forgets a ledger. */
  readonly ledgers: readonly { readonly key: LedgerKey; readonly bytes: Buffer | null }[];
  readonly changes: readonly { readonly tenant: string; readonly change: CellChange }[];
}

/** What one period holds, by slice: '' is the whole, else `channel=web`. */
export type PeriodCells = ReadonlyMap<string, ReadonlyMap<CellName, number>>;

/** Over how many partitions the facts of a log are spread (a customer's facts are all in one of them), and how they are counted. */
export interface KpiLayout {
  readonly logId: string | null;
  readonly partitions: number;
  /** Digest of the rules the cells are counted by; null where it was never written down. */
  readonly rules: string | null;
}

/**
 * Keeps what facts add up to: for each partition of the facts topic its mark, the ledger of each customer in it and the
 * cells of each period. They change together or not at all, so that no fact counts twice or is lost.
 */
export interface KpiStore {
  /** Grows with every reconnection: what was acknowledged before may be forgotten. */
  connectionEpoch(): number;
  mark(partition: number): Promise<KpiMark | null>;
  ledgers(partition: number, keys: readonly LedgerKey[]): Promise<readonly (Buffer | null)[]>;
  /** @returns false, having changed nothing, when the partition's mark is not the expected one any more */
  apply(partition: number, update: KpiUpdate): Promise<boolean>;
  /** The cells of these periods over all partitions, in the order asked; `slices` null reads the whole only. */
  read(tenant: string, periods: readonly Period[], slices: KpiDimension | null): Promise<readonly PeriodCells[]>;
  /** Months into which anything was counted, in their order. */
  months(tenant: string): Promise<readonly number[]>;
  /**
   * Forgets everything of a partition, so that it is counted anew from the log.
   * @param expected forgets only while this is the mark; whatever it is when absent
   * @returns whether it was forgotten
   */
  forget(partition: number, expected?: KpiMark | null): Promise<boolean>;
  /** The partitions that `read` and `months` add up; null before anything was laid out. */
  layout(): Promise<KpiLayout | null>;
  layOut(layout: KpiLayout): Promise<void>;
}
