import type { CustomerRecord } from '../core/events/customer-record.ts';
import type { PartitionControl } from './partition-control.ts';

/**
 * Whether a control record is news: behind the watermark it has taken effect before. A new epoch counts its offsets
 * anew where the topic was created again, so its first record is news wherever the watermark of the old one stood.
 */
export function isNewControl(control: PartitionControl, record: CustomerRecord, offset: number): boolean {
  return offset > control.watermark || startsEpoch(control, record);
}

/** Whether the record begins an epoch that the partition does not know yet. */
export function startsEpoch(control: PartitionControl, { epochStarted }: CustomerRecord): boolean {
  return epochStarted !== null && epochStarted.epoch > control.epoch;
}

/** Lets a control record of the whole partition take effect. */
export function applyControlRecord(
  control: PartitionControl,
  record: CustomerRecord,
  { offset, logId }: { readonly offset: number; readonly logId: string | null },
): void {
  const { epochStarted, activation, dayClosed } = record;
  if (epochStarted !== null && startsEpoch(control, record)) {
    control.previousPartitions = control.partitions;
    control.partitions = epochStarted.partitions;
    control.epoch = epochStarted.epoch;
    control.logId = logId ?? control.logId;
    control.closedBefore = [...control.closedDays];
    control.watermark = Math.min(control.watermark, offset - 1);
  }
  if (activation !== null) control.activation = activation;
  if (dayClosed !== null) closeTenantDay(control, record, offset);
}

/** Only the first record that closes a day counts, so that two writers of the same fact are as good as one. */
function closeTenantDay(control: PartitionControl, record: CustomerRecord, offset: number): void {
  const { tenant, dayClosed, eventId: controlId, occurredAt: at } = record;
  const day = dayClosed?.day ?? 0;
  if (day <= (control.closedDays.get(tenant) ?? 0)) return;
  control.closedDays.set(tenant, day);
  if (control.activation === null) return;
  const { activation, epoch, partitions } = control;
  control.pendingDays.push({ tenant, day, controlId, at, offset, activation, epoch, partitions });
}
