import type { PartitionHealth } from '../../core/ports/log.ts';
import type { DurationMs } from '../../core/units.ts';
import type { ReadyReport } from './ready-report.ts';

/** What readiness is told from. */
export interface ReadinessSigns {
  readonly partitions: readonly PartitionHealth[];
  /** What is known to be wrong. */
  readonly problems: readonly string[];
  readonly isStoreConnected: boolean;
  /** Signs of life of the consumer itself; null before it has joined its group. */
  readonly pulse: { readonly heartbeatAgeMs: DurationMs; readonly loopAgeMs: DurationMs } | null;
}

/** What shows no sign of life for so long is stuck; readers are told within 30 seconds of its stop. */
const stuckAfterMs: DurationMs = 20_000;

/**
 * Ready means progressing: every owned partition is at its end or advances, the consumer is in its group and goes round,
 * and nothing is known to be wrong. An idle partition stays young, since its end is asked for all the time; one that
 * grows old without a lag is one whose end nobody tells. What cannot be known is not ready either.
 * @param stuckAfter milliseconds; for tests, which do not wait so long
 */
export function reportReadiness(signs: ReadinessSigns, stuckAfter: DurationMs = stuckAfterMs): ReadyReport {
  const { partitions, problems, isStoreConnected, pulse } = signs;
  const reasons = [...problems];
  if (!isStoreConnected) reasons.push('Redis is not connected');
  if (pulse === null) reasons.push('the consumer has not joined its group yet');
  if (pulse !== null && pulse.heartbeatAgeMs > stuckAfter) {
    reasons.push(`the consumer group has not heard of this member for ${seconds(pulse.heartbeatAgeMs)} s`);
  }
  if (pulse !== null && pulse.loopAgeMs > stuckAfter) {
    reasons.push(`the read loop has not turned for ${seconds(pulse.loopAgeMs)} s`);
  }
  for (const { partition, lag, ageMs } of partitions) {
    if (lag === null && ageMs <= stuckAfter) reasons.push(`partition ${partition} has not told how much is left to do`);
    if (ageMs <= stuckAfter) continue;
    reasons.push(
      lag === null || lag === 0
        ? `partition ${partition} has not told its end for ${seconds(ageMs)} s`
        : `partition ${partition} has not advanced for ${seconds(ageMs)} s, with ${lag} records to go`,
    );
  }
  return { ready: reasons.length === 0, reasons, partitions };
}

function seconds(ms: DurationMs): number {
  return Math.round(ms / 1000);
}
