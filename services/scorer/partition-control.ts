import { EngineError } from '../core/errors.ts';
import type { ActivationContent } from '../core/events/customer-record.ts';
import type { CustomerKey } from '../core/ports/state-store.ts';
import type { EpochDay, EpochMs, Surrogate } from '../core/units.ts';

/** A day that was closed in the log and is not yet applied to every customer of its tenant. */
export interface PendingDay {
  readonly tenant: string;
  readonly day: EpochDay;
  /** Id of the record that closed it; part of the ids of the scores it causes. */
  readonly controlId: string;
  /** When the record says the day ended; scores carry it. */
  readonly at: EpochMs;
  /** Where that record stands, in the log of `epoch`. */
  readonly offset: number;
  /** In force where the day was closed. */
  readonly activation: ActivationContent;
  /** The epoch it was closed in, and how many partitions that had: they say whose customers these are. */
  readonly epoch: number;
  readonly partitions: number;
}

/** How far a sweep has come: every customer up to `after` has the days of `tenant` up to `until`. */
export interface SweepProgress {
  readonly tenant: string;
  readonly until: EpochDay;
  readonly epoch: number;
  readonly partitions: number;
  readonly after: Surrogate | null;
}

/**
 * What the control records of a partition have set so far, and how far the partition is done (`watermark`, the last
 * offset whose effects are all stored). It is stored after the customers of each chunk, so a store that forgets writes
 * shows it by a watermark behind the committed offset.
 */
export interface PartitionControl {
  version: number;
  watermark: number;
  /** Which log the watermark counts in; null while none was named. */
  logId: string | null;
  epoch: number;
  /** Partitions of the topic in this epoch, and in the one before; 0 where there was none. */
  partitions: number;
  previousPartitions: number;
  /** Last epoch whose customers, and the end of whose predecessor, were taken over. */
  adoptedEpoch: number;
  activation: ActivationContent | null;
  closedDays: Map<string, EpochDay>;
  /** What was closed when the epoch began: a partition that is new in it takes these days over. */
  closedBefore: [tenant: string, day: EpochDay][];
  /** In the order of the log. */
  pendingDays: PendingDay[];
  sweep: SweepProgress | null;
}

export function emptyPartitionControl(): PartitionControl {
  return {
    version: 0,
    watermark: -1,
    logId: null,
    epoch: 0,
    partitions: 0,
    previousPartitions: 0,
    adoptedEpoch: 0,
    activation: null,
    closedDays: new Map(),
    closedBefore: [],
    pendingDays: [],
    sweep: null,
  };
}

/** Where the control of a partition stands in the store: no tenant's name begins with a tilde. */
export function partitionControlKey(partition: number): CustomerKey {
  return { tenant: '~partition', surrogate: String(partition) };
}

export function encodePartitionControl({ version: _, closedDays, ...rest }: PartitionControl): Buffer {
  return Buffer.from(JSON.stringify({ ...rest, closedDays: [...closedDays] }));
}

/** Fields that an earlier release did not write are empty. @throws EngineError ERR_STATE_CORRUPT */
export function decodePartitionControl(bytes: Buffer, version: number): PartitionControl {
  try {
    const stored = JSON.parse(bytes.toString()) as Omit<PartitionControl, 'closedDays'> & {
      closedDays: [string, EpochDay][];
    };
    const control = { ...emptyPartitionControl(), ...stored, version, closedDays: new Map(stored.closedDays) };
    control.pendingDays = control.pendingDays.map(withOffset);
    return control;
  } catch (cause) {
    throw new EngineError(
      'ERR_STATE_CORRUPT',
      'The stored control state of a partition is unreadable; delete its key and the partition is rebuilt from the log.',
      { retryable: false, cause },
    );
  }
}

/** Before every offset there is, and in the order of the days. */
const beforeOffsets = 2 ** 31;

/** A day that an earlier release closed has no offset with it; all records before it were that release's to handle. */
function withOffset(pending: Omit<PendingDay, 'offset'> & Partial<PendingDay>): PendingDay {
  return { ...pending, offset: pending.offset ?? pending.day - beforeOffsets };
}
