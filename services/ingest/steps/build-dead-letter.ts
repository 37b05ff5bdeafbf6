import type { ErrorCode } from '../../core/errors.ts';
import type { DeadLetterRecord } from '../../core/events/dead-letter.ts';
import type { EpochMs } from '../../core/units.ts';
import { ingestLimits } from '../ingest-limits.ts';
import type { Sender } from '../ingest-tenant.ts';
import type { Translation } from '../translation.ts';

export interface RefusedEvent {
  /** Null where the client gave none that can be used. */
  readonly eventId: string | null;
  readonly importId: string | null;
  readonly code: ErrorCode;
  readonly detail: string;
  /** The event as it was sent. */
  readonly original: string;
  /** How it was translated; undefined where no dialect did. */
  readonly translation: Translation | undefined;
}

/**
 * The dead letter of one refused event. Its original is sealed for `tenant|dead-letter|eventId`, and what the request
 * said about all of its events for `tenant|dead-letter-share|eventId`.
 */
export function buildDeadLetter(event: RefusedEvent, sender: Sender, recordedAt: EpochMs): DeadLetterRecord {
  const { id, sealer } = sender.tenant;
  const { eventId, translation } = event;
  const bytes = Buffer.from(event.original, 'utf8');
  const limit = ingestLimits.deadLetterBytes;
  const isCut = bytes.length > limit;
  const share = Buffer.from(JSON.stringify(translation?.share ?? {}), 'utf8');
  const isWhole = translation !== undefined && !isCut && share.length <= ingestLimits.deadLetterShareBytes;
  return {
    tenant: id,
    source: sender.source,
    eventId,
    code: event.code,
    detail: event.detail + (isCut ? `; of ${bytes.length} bytes the first ${limit} are kept` : ''),
    step: 'ingest.judge',
    topic: null,
    partition: null,
    offset: null,
    recordedAt,
    keyId: sealer.keyId,
    original: sealer.seal(bytes.subarray(0, limit), `${id}|dead-letter|${eventId ?? ''}`),
    channel: sender.channel,
    importId: event.importId,
    dialect: translation?.dialect ?? null,
    call: translation?.call ?? null,
    share: isWhole ? sealer.seal(share, `${id}|dead-letter-share|${eventId ?? ''}`) : null,
  };
}
