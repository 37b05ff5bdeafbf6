import type { StateStore } from '../core/ports/state-store.ts';
import {
  decodePartitionControl,
  emptyPartitionControl,
  partitionControlKey,
  type PartitionControl,
} from './partition-control.ts';

/** The control of a partition as it is stored; an empty one where there is none. */
export async function readControl(store: StateStore, partition: number): Promise<PartitionControl> {
  const [stored] = await store.load([partitionControlKey(partition)]);
  return stored === null ? emptyPartitionControl() : decodePartitionControl(stored.bytes, stored.version);
}
