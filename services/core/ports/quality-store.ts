import type { EpochDay } from '../units.ts';

/** One source on one business day of its tenant. */
export interface QualityDay {
  readonly tenant: string;
  readonly source: string;
  readonly day: EpochDay;
}

/** Keeps what was counted about the quality of sources, shared by every process. */
export interface QualityStore {
  /** Adds to the counts of a day; all of them or, when it rejects, none that is known of. */
  add(day: QualityDay, counts: ReadonlyMap<string, number>): Promise<void>;
  /** The counts of a source over these days together. */
  read(tenant: string, source: string, days: readonly EpochDay[]): Promise<ReadonlyMap<string, number>>;
  /** Sources of which anything was counted lately, in order of their names. */
  sources(tenant: string): Promise<readonly string[]>;
}
