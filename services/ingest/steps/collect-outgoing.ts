import type { DeadLetterRecord } from '../../core/events/dead-letter.ts';
import { keyPartition } from '../../core/events/key-partition.ts';
import type { Topics } from '../../core/events/topics.ts';
import type { Outcome } from '../../core/outcome.ts';
import type { OutgoingRecord } from '../../core/ports/log.ts';
import type { RecordCodec } from '../../core/ports/record-codec.ts';
import { traceHeaders, type TraceSpan } from '../../core/ports/tracer.ts';
import type { EpochMs, Surrogate } from '../../core/units.ts';
import type { ClientEvent } from '../client-event.ts';
import type { EventResult } from '../event-result.ts';
import type { Sender } from '../ingest-tenant.ts';
import type { Translation } from '../translation.ts';
import { buildDeadLetter } from './build-dead-letter.ts';
import type { WritableEvent } from './judge-event.ts';
import { readEventId } from './read-event-id.ts';
import { readImportId } from './read-import-id.ts';

export interface JudgedBatch {
  readonly sender: Sender;
  readonly receivedAt: EpochMs;
  readonly events: readonly ClientEvent[];
  readonly judged: readonly Outcome<WritableEvent>[];
  original(index: number): string;
  readonly translation?: Translation;
  readonly span?: TraceSpan | null;
}

export interface OutgoingTarget {
  readonly topics: Pick<Topics, 'events' | 'eventsDeadLetter'>;
  readonly deadLetterCodec: RecordCodec<DeadLetterRecord>;
  /** Partitions of the events topic in the epoch that this process knows of. */
  readonly partitions: number;
  /** False where refused events have their dead letters already. True when absent. */
  readonly keepsRefused?: boolean;
}

/**
 * What a request writes: the accepted events, and a dead letter for each event that is neither known nor accepted. The
 * letter of a suppressed event says that there was one, and holds nothing of its content.
 */
export function collectOutgoing(
  batch: JudgedBatch,
  results: readonly EventResult[],
  target: OutgoingTarget,
): OutgoingRecord[] {
  return results.flatMap((result, index): OutgoingRecord[] => {
    const outcome = batch.judged[index];
    const event = outcome.outcome === 'ok' ? outcome.value : null;
    if (result.result === 'accepted' && event !== null) {
      const { surrogate: key, value } = event;
      // Named, not left to the client: partitions that were added lately hold no epoch yet, and must stay empty until then.
      const partition = keyPartition(key, target.partitions);
      return [
        {
          topic: target.topics.events,
          key,
          partition,
          value,
          timestamp: batch.receivedAt,
          ...traceHeaders(batch.span),
        },
      ];
    }
    if (result.code === null || result.result === 'retry' || target.keepsRefused === false) return [];
    const letter = deadLetterOf(batch, index, { ...result, code: result.code }, target);
    return [deadLetterRecord(letter, event?.surrogate ?? null, batch.receivedAt, target)];
  });
}

function deadLetterOf(
  batch: JudgedBatch,
  index: number,
  refused: Pick<DeadLetterRecord, 'code'> & Pick<EventResult, 'result' | 'detail'>,
  target: OutgoingTarget,
): Buffer {
  const { code } = refused;
  const isWithheld = refused.result === 'suppressed';
  const original = isWithheld ? '' : batch.original(index);
  const translation = isWithheld ? undefined : batch.translation;
  const eventId = readEventId(batch.events[index].clientEventId);
  const importId = readImportId(batch.events[index]);
  const event = { eventId, importId, code, detail: refused.detail ?? '', original, translation };
  return target.deadLetterCodec.encode(buildDeadLetter(event, batch.sender, batch.receivedAt));
}

function deadLetterRecord(
  value: Buffer,
  key: Surrogate | null,
  timestamp: EpochMs,
  target: OutgoingTarget,
): OutgoingRecord {
  return { topic: target.topics.eventsDeadLetter, key, value, timestamp };
}
