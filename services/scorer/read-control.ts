import type { StateStore } from '../core/ports/state-store.ts';
import {
  decodePartitionControl,
  emptyPartitionControl,
  partitionControlKey,
  type PartitionControl,
} from './partition-control.ts';

/** The controls of partitions as they are stored, in order; null where there is none. */
export async function readControls(
  store: StateStore,
  partitions: readonly number[],
): Promise<readonly (PartitionControl | null)[]> {
  const stored = await store.load(partitions.map(partitionControlKey));
  return stored.map((each) => (each === null ? null : decodePartitionControl(each.bytes, each.version)));
}

/** The control of one partition as it is stored; an empty one where there is none. */
export async function readControl(store: StateStore, partition: number): Promise<PartitionControl> {
  const [control] = await readControls(store, [partition]);
  return control ?? emptyPartitionControl();
}
