import type { ErrorCode } from '../../core/errors.ts';
import type { DeadLetterRecord } from '../../core/events/dead-letter.ts';
import type { EpochMs } from '../../core/units.ts';
import { ingestLimits } from '../ingest-limits.ts';
import type { Sender } from '../ingest-tenant.ts';

export interface RefusedEvent {
  /** Null where the client gave none that can be used. */
  readonly eventId: string | null;
  readonly code: ErrorCode;
  readonly detail: string;
  /** The event as it was sent. */
  readonly original: string;
}

/** The dead letter of one refused event; its original is sealed for `tenant|dead-letter|eventId`. */
export function buildDeadLetter(event: RefusedEvent, sender: Sender, recordedAt: EpochMs): DeadLetterRecord {
  const { id, sealer } = sender.tenant;
  const bytes = Buffer.from(event.original, 'utf8');
  const limit = ingestLimits.deadLetterBytes;
  const cut = bytes.length > limit ? `; of ${bytes.length} bytes the first ${limit} are kept` : '';
  return {
    tenant: id,
    source: sender.source,
    eventId: event.eventId,
    code: event.code,
    detail: event.detail + cut,
    step: 'ingest.judge',
    topic: null,
    partition: null,
    offset: null,
    recordedAt,
    keyId: sealer.keyId,
    original: sealer.seal(bytes.subarray(0, limit), `${id}|dead-letter|${event.eventId ?? ''}`),
  };
}
