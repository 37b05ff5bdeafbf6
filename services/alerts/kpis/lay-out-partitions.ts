import { EngineError } from '../../core/errors.ts';
import type { KpiStore } from '../../core/ports/kpi-store.ts';
import type { LogBounds } from '../../core/ports/log-bounds.ts';

/**
 * Sees to it that cells and log are laid out alike. A customer's ledger lies with the partition of their facts, so a log
 * of another number of partitions cannot be counted on: their next facts would meet an empty ledger elsewhere. Of a log
 * that was created again, whatever the number, everything is counted anew.
 * @throws EngineError ERR_LOG_REPARTITIONED where partitions were added to the very log that is counted
 */
export async function layOutPartitions(store: KpiStore, { logId, partitions }: LogBounds): Promise<void> {
  const layout = await store.layout();
  if (layout?.logId === logId && layout.partitions === partitions.length) return;
  if (layout !== null && !isOtherLog(layout.logId, logId)) {
    if (layout.partitions !== partitions.length) throw repartitioned(layout.partitions, partitions.length);
  }
  // Those that the new log does not have; the others are forgotten as they are taken up.
  for (let partition = partitions.length; partition < (layout?.partitions ?? 0); partition++) {
    await store.forget(partition);
  }
  await store.layOut({ logId, partitions: partitions.length });
}

/** Null where it cannot be known: then nothing tells two logs apart but their lengths. */
export function isOtherLog(one: string | null, other: string | null): boolean {
  return one !== null && other !== null && one !== other;
}

function repartitioned(before: number, now: number): EngineError {
  return new EngineError(
    'ERR_LOG_REPARTITIONED',
    `The topic of KPI facts had ${before} partitions and has ${now}: a customer's facts are in two of them, and would be ` +
      'counted twice. Delete the topic and have its facts made again; docs/reference/kpi-aggregation.md says how.',
    // Tried again: whoever creates the topic anew need not start the service again.
    { retryable: true, context: { before, now } },
  );
}
