import { EngineError } from '../../core/errors.ts';
import type { CustomerRecord } from '../../core/events/customer-record.ts';
import type { RecordCodec } from '../../core/ports/record-codec.ts';
import { startsEpoch } from '../apply-control-record.ts';
import type { PartitionControl } from '../partition-control.ts';
import { count, type ScorerContext } from '../scorer-context.ts';
import type { ScorerTenant } from '../scorer-tenant.ts';
import { isPartitionControl, isServed } from '../served-kinds.ts';

/**
 * Bytes to records. What cannot be read goes to the dead letters, its neighbours go on. A record of a kind that this
 * version does not serve ends the chunk before it; standing first, it halts the partition. A new epoch is handled in a
 * chunk of its own, together with the control records that follow it.
 */
export function createDecodeRecords(
  codec: RecordCodec<CustomerRecord>,
  tenants: ReadonlyMap<string, ScorerTenant>,
): (context: ScorerContext) => Promise<void> {
  return async function decodeRecords(context) {
    const { records: raws } = context.chunk;
    const decoded = await codec.decode(raws.map((raw) => raw.value));
    let isEpochChunk = false;
    for (let i = 0; i < raws.length; i++) {
      const raw = raws[i];
      const record = decoded[i];
      const isControl = !(record instanceof EngineError) && isPartitionControl(record);
      const startsAnew = isControl && replacesEpoch(context.control, record);
      if ((startsAnew && i > 0 && !isEpochChunk) || (isEpochChunk && !isControl)) {
        context.nextOffset = raw.offset;
        return;
      }
      isEpochChunk ||= startsAnew;
      if (record instanceof EngineError) {
        context.unreadable.push({ raw, code: record.code, detail: record.message, record: null });
        count(context, 'dead-letter');
      } else if (!isServed(record)) {
        if (i === 0) throw notServed(record, context.chunk.partition, raw.offset);
        context.nextOffset = raw.offset;
        return;
      } else if (!isPartitionControl(record) && !tenants.has(record.tenant)) {
        const detail = `Tenant "${record.tenant}" is not in the installation file; add it, restart, and replay this.`;
        context.unreadable.push({ raw, code: 'ERR_EVENT_INVALID', detail, record });
        count(context, 'dead-letter');
      } else {
        context.records.push({ raw, record });
      }
    }
  };
}

/** The very first epoch replaces none, so nobody has to wait for it. */
function replacesEpoch(control: PartitionControl, record: CustomerRecord): boolean {
  return startsEpoch(control, record) && (record.epochStarted?.epoch ?? 0) > 1;
}

function notServed(record: CustomerRecord, partition: number, offset: number): EngineError {
  return new EngineError(
    'ERR_KIND_NOT_SERVED',
    `The record at partition ${partition}, offset ${offset} is of kind "${record.kind}", which this version does not ` +
      'serve; run a version that does. Nothing after it is handled.',
    { retryable: false, context: { kind: record.kind, partition, offset } },
  );
}
