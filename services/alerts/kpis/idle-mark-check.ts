import type { KpiStore } from '../../core/ports/kpi-store.ts';
import type { LogBoundsReader } from '../../core/ports/log-bounds.ts';
import type { LogSource } from '../../core/ports/log.ts';
import type { HeldMarks } from './held-marks.ts';
import type { KpiTelemetry } from './kpi-telemetry.ts';
import { layOutPartitions } from './lay-out-partitions.ts';

export interface IdleMarkCheckDeps {
  readonly source: LogSource;
  readonly store: KpiStore;
  readonly bounds: LogBoundsReader;
  readonly marks: HeldMarks;
  readonly telemetry: KpiTelemetry;
  /** Digest of the rules that this process counts by. */
  readonly rules: string;
}

/**
 * Finds partitions with nothing left to read whose stored mark lies behind what was read: the store forgot writes, and no
 * next record would show it for a while. Each is read again from its mark. One with records to come compares by itself.
 */
export function createIdleMarkCheck(deps: IdleMarkCheckDeps): () => Promise<void> {
  const { source, store, bounds, marks, telemetry } = deps;
  /** Where a partition was sent, over which connection: sent there again it would find the log as empty as before. */
  const sent = new Map<number, string>();
  source.onAssigned(() => sent.clear());

  return async function checkIdleMarks() {
    const idle = source.health().filter(({ lag, offset }) => lag === 0 && offset > 0);
    if (idle.length === 0) return;
    const log = await bounds.read();
    await layOutPartitions(deps, log);
    for (const { partition, offset } of idle) {
      const oldest = log.partitions[partition]?.first ?? 0;
      const next = Math.max((await store.mark(partition))?.nextOffset ?? 0, oldest);
      const attempt = `${next} by connection ${store.connectionEpoch()}`;
      if (next >= offset) {
        sent.delete(partition);
      } else if (sent.get(partition) !== attempt) {
        sent.set(partition, attempt);
        telemetry.wentBack(partition, next);
        marks.drop(partition);
        source.rewindIdle(partition, next);
      }
    }
  };
}
