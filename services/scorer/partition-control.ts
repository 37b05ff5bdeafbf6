import { EngineError } from '../core/errors.ts';
import type { ActivationContent, CustomerRecord } from '../core/events/customer-record.ts';
import type { CustomerKey } from '../core/ports/state-store.ts';
import type { EpochDay } from '../core/units.ts';

/**
 * What the control records of a partition have set so far, and how far the partition is done (`watermark`, the last
 * offset whose effects are all stored). It is stored after the customers of each chunk, so a store that forgets writes
 * shows it by a watermark behind the committed offset.
 */
export interface PartitionControl {
  version: number;
  watermark: number;
  epoch: number;
  activation: ActivationContent | null;
  closedDays: Map<string, EpochDay>;
}

export function emptyPartitionControl(): PartitionControl {
  return { version: 0, watermark: -1, epoch: 0, activation: null, closedDays: new Map() };
}

/** Where the control of a partition stands in the store: no tenant's name begins with a tilde. */
export function partitionControlKey(partition: number): CustomerKey {
  return { tenant: '~partition', surrogate: String(partition) };
}

export function encodePartitionControl(control: PartitionControl): Buffer {
  const { watermark, epoch, activation, closedDays } = control;
  return Buffer.from(JSON.stringify({ watermark, epoch, activation, closedDays: [...closedDays] }));
}

/** @throws EngineError ERR_STATE_CORRUPT */
export function decodePartitionControl(bytes: Buffer, version: number): PartitionControl {
  try {
    const stored = JSON.parse(bytes.toString()) as Omit<PartitionControl, 'closedDays'> & {
      closedDays: [string, EpochDay][];
    };
    return { ...stored, version, closedDays: new Map(stored.closedDays) };
  } catch (cause) {
    throw new EngineError(
      'ERR_STATE_CORRUPT',
      'The stored control state of a partition is unreadable; delete its key and the partition is rebuilt from the log.',
      { retryable: false, cause },
    );
  }
}

/** Lets a control record of the whole partition take effect. */
export function applyControlRecord(control: PartitionControl, record: CustomerRecord): void {
  if (record.epochStarted !== null) control.epoch = Math.max(control.epoch, record.epochStarted.epoch);
  if (record.activation !== null) control.activation = record.activation;
  if (record.dayClosed !== null) {
    const before = control.closedDays.get(record.tenant) ?? 0;
    control.closedDays.set(record.tenant, Math.max(before, record.dayClosed.day));
  }
}
