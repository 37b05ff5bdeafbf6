import type { PartitionHealth } from '../../core/ports/log.ts';

/** What `/readyz` says: ready means that every partition is at its end or advances. */
export interface ReadyReport {
  readonly ready: boolean;
  /** Why not, in plain words; empty when ready. */
  readonly reasons: readonly string[];
  readonly partitions: readonly PartitionHealth[];
}
