import type { CustomerRecord } from '../core/events/customer-record.ts';

const partitionKinds: ReadonlySet<string> = new Set(['epoch-started', 'activation-changed', 'day-closed']);

/** Whether the record is a control record of a whole partition that this version serves. */
export function isPartitionControl(record: CustomerRecord): boolean {
  return partitionKinds.has(record.kind);
}

/** Whether this version can serve the record at all; a kind it cannot serve halts the partition. */
export function isServed(record: CustomerRecord): boolean {
  return record.kind === 'event' || partitionKinds.has(record.kind);
}
