import { untranslated, type DeadLetterRecord } from '../../core/events/dead-letter.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { LogChunk, LogSink, OutgoingRecord } from '../../core/ports/log.ts';
import type { RecordCodec } from '../../core/ports/record-codec.ts';
import type { AlertsContext, UnreadableRecord } from '../alerts-context.ts';
import type { InputReader } from '../input-reader.ts';
import type { AlertsTelemetry } from '../telemetry.ts';
import { readerOf } from './decode-inputs.ts';

export interface SetAsideDeps {
  readonly readers: ReadonlyMap<string, InputReader>;
  readonly sink: LogSink;
  readonly codec: RecordCodec<DeadLetterRecord>;
  readonly topic: string;
  readonly clock: Clock;
  readonly telemetry: AlertsTelemetry;
  /** Seals the original bytes, which belong to no known tenant. */
  readonly sealOriginal: (bytes: Buffer) => { readonly keyId: string; readonly sealed: Buffer };
}

/** What cannot be read goes to the dead letters with its original bytes; the offset moves past it. */
export function createSetAsideRecords(deps: SetAsideDeps): (context: AlertsContext) => Promise<void> {
  return async function setAsideRecords({ chunk, unreadable }) {
    if (unreadable.length === 0) return;
    const { kind, step } = readerOf(deps.readers, chunk.topic);
    if (step !== null) await deps.sink.publish(unreadable.map((each) => deadLetter(deps, chunk, { ...each, step })));
    deps.telemetry.recordsUnreadable(unreadable, { kind, topic: chunk.topic, partition: chunk.partition });
  };
}

function deadLetter(
  deps: SetAsideDeps,
  chunk: LogChunk,
  { raw, fault, step }: UnreadableRecord & { readonly step: string },
): OutgoingRecord {
  const { keyId, sealed } = deps.sealOriginal(raw.value ?? Buffer.alloc(0));
  const value = deps.codec.encode({
    tenant: null,
    source: null,
    eventId: null,
    code: fault.code,
    detail: fault.message,
    step,
    topic: chunk.topic,
    partition: chunk.partition,
    offset: raw.offset,
    recordedAt: deps.clock.now(),
    keyId,
    original: sealed,
    ...untranslated,
  });
  return { topic: deps.topic, key: raw.key, value };
}
