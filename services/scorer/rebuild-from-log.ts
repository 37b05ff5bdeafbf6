import { EngineError } from '../core/errors.ts';
import type { StateStore } from '../core/ports/state-store.ts';
import { emptyPartitionControl, encodePartitionControl, partitionControlKey } from './partition-control.ts';
import type { PartitionControls } from './partition-controls.ts';
import { readControls } from './read-control.ts';

/** Owners move their controls meanwhile; each attempt finds fewer of them. */
const attempts = 100;

/**
 * A customer's state is gone or older although the watermark of its partition says otherwise: what the log holds of
 * them may stand anywhere before it, and before a new epoch on any other partition. All partitions are therefore read
 * from the beginning, as where the store is empty; the marks of everybody else skip what they have.
 * @throws EngineError ERR_STATE_REGRESSED, which sends the partition back; until then it stays suspected
 */
export async function rebuildFromLog(
  partition: number,
  { store, controls }: { readonly store: StateStore; readonly controls: PartitionControls },
): Promise<never> {
  controls.suspect(partition);
  for (let attempt = 0; ; attempt++) {
    if (await resetControls(store)) break;
    if (attempt === attempts) {
      const message = 'Other writers moved the watermarks that are to be taken back; it is tried again.';
      throw new EngineError('ERR_STATE_CONFLICT', message, { retryable: true, context: { partition } });
    }
  }
  controls.rebuilding(partition);
  throw new EngineError(
    'ERR_STATE_REGRESSED',
    `The store lost the state of a customer of partition ${partition}, but not the watermark after it: all partitions ` +
      'are read again from the beginning.',
    { retryable: false, context: { partition, rewindTo: 0 } },
  );
}

/** @returns whether every control was taken back */
async function resetControls(store: StateStore): Promise<boolean> {
  const updates = [];
  for (let from = 0; ; from += pageSize) {
    const page = Array.from({ length: pageSize }, (_, i) => from + i);
    const found = await readControls(store, page);
    for (const [i, control] of found.entries()) {
      if (control === null || control.watermark < 0) continue;
      const bytes = encodePartitionControl({ ...emptyPartitionControl(), logId: control.logId });
      const { version } = control;
      updates.push({ key: partitionControlKey(page[i]), expectedVersion: version, version: version + 1, bytes });
    }
    if (found.every((control) => control === null)) break;
  }
  if (updates.length === 0) return true;
  const written = await store.compareAndSet(updates);
  return written.every(Boolean);
}

const pageSize = 32;
