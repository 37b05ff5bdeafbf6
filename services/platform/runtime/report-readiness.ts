import type { PartitionHealth } from '../../core/ports/log.ts';
import type { ReadyReport } from './ready-report.ts';

/** A partition with a lag that has not moved for so long is stuck; readers are told within 30 seconds of its stop. */
const stuckAfterMs = 20_000;

/** Ready means progressing: every owned partition is at its end or advances, and nothing is known to be wrong. */
export function reportReadiness(
  partitions: readonly PartitionHealth[],
  problems: readonly string[],
  isStoreConnected: boolean,
): ReadyReport {
  const reasons = [...problems];
  if (!isStoreConnected) reasons.push('Redis is not connected');
  for (const { partition, lag, ageMs } of partitions) {
    if (lag <= 0 || ageMs <= stuckAfterMs) continue;
    reasons.push(
      `partition ${partition} has not advanced for ${Math.round(ageMs / 1000)} s, with ${lag} records to go`,
    );
  }
  return { ready: reasons.length === 0, reasons, partitions };
}
