import type { CustomerRecord } from '../core/events/customer-record.ts';

const partitionKinds: ReadonlySet<string> = new Set(['epoch-started', 'activation-changed', 'day-closed']);

/** Whether the record is a control record of a whole partition that this version serves. */
export function isPartitionControl(record: CustomerRecord): boolean {
  return partitionKinds.has(record.kind);
}

const customerKinds: ReadonlySet<string> = new Set(['event', 'event-retracted']);

/** Whether this version can serve the record at all; a kind it cannot serve halts the partition. */
export function isServed(record: CustomerRecord): boolean {
  return customerKinds.has(record.kind) || partitionKinds.has(record.kind);
}
