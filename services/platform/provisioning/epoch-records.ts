import { controlRecord } from '../../core/events/control-record.ts';
import type { ActivationContent, CustomerRecord } from '../../core/events/customer-record.ts';
import type { OutgoingRecord } from '../../core/ports/log.ts';
import type { RecordCodec } from '../../core/ports/record-codec.ts';
import type { EpochMs } from '../../core/units.ts';

export interface EpochRecords {
  /** Null leaves out the record that starts an epoch. */
  readonly epoch: { readonly epoch: number; readonly partitions: number; readonly reason: string } | null;
  /** Null leaves out the activation. */
  readonly activation: ActivationContent | null;
  readonly at: EpochMs;
}

/**
 * The control records for the given partitions. Those of one partition follow each other, so that they travel in one
 * batch, which the broker writes wholly or not at all. Their ids do not depend on who writes them: a repetition is
 * harmless.
 */
export function epochRecords(
  { epoch, activation, at }: EpochRecords,
  place: {
    readonly topic: string;
    readonly partitions: readonly number[];
    readonly codec: RecordCodec<CustomerRecord>;
  },
): OutgoingRecord[] {
  const values: Buffer[] = [];
  if (epoch !== null) {
    const controlId = `epoch:${epoch.epoch}`;
    values.push(place.codec.encode(controlRecord({ kind: 'epoch-started', controlId, at, epochStarted: epoch })));
  }
  if (activation !== null) {
    const controlId = `activation:${activation.activationId}`;
    values.push(place.codec.encode(controlRecord({ kind: 'activation-changed', controlId, at, activation })));
  }
  return place.partitions.flatMap((partition) =>
    values.map((value) => ({ topic: place.topic, key: null, partition, value })),
  );
}
