import { untranslated, type DeadLetterRecord } from '../../core/events/dead-letter.ts';
import type { EngineError } from '../../core/errors.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { LogChunk, OutgoingRecord, RawRecord } from '../../core/ports/log.ts';
import type { RecordCodec } from '../../core/ports/record-codec.ts';

export interface DeadLetterDeps {
  readonly codec: RecordCodec<DeadLetterRecord>;
  readonly topic: string;
  readonly clock: Clock;
  /** Seals the original bytes, which belong to no known tenant. */
  readonly sealOriginal: (bytes: Buffer) => { readonly keyId: string; readonly sealed: Buffer };
}

/** The dead letter of a record that cannot be read, with its original bytes. */
export function toDeadLetter(
  { codec, topic, clock, sealOriginal }: DeadLetterDeps,
  chunk: LogChunk,
  { raw, fault, step }: { readonly raw: RawRecord; readonly fault: EngineError; readonly step: string },
): OutgoingRecord {
  const { keyId, sealed } = sealOriginal(raw.value ?? Buffer.alloc(0));
  const value = codec.encode({
    tenant: null,
    source: null,
    eventId: null,
    code: fault.code,
    detail: fault.message,
    step,
    topic: chunk.topic,
    partition: chunk.partition,
    offset: raw.offset,
    recordedAt: clock.now(),
    keyId,
    original: sealed,
    ...untranslated,
  });
  return { topic, key: raw.key, value };
}
