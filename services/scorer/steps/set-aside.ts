import { untranslated, type DeadLetterRecord } from '../../core/events/dead-letter.ts';
import type { ErrorCode } from '../../core/errors.ts';
import type { RawRecord } from '../../core/ports/log.ts';
import type { ScorerDeps } from '../scorer-deps.ts';
import type { ScorerContext } from '../scorer-context.ts';

/**
 * What is not scored normally still goes somewhere: unreadable records and degraded rows to the dead letters with
 * their original bytes, live events beyond the horizon to the late topic.
 */
export function createSetAside(deps: ScorerDeps): (context: ScorerContext) => void {
  const { topics, codecs, clock, sealOriginal } = deps;

  return function setAside(context) {
    const { chunk, outgoing } = context;
    const deadLetter = (raw: RawRecord, code: ErrorCode, detail: string, ids: Partial<DeadLetterRecord>): void => {
      const { keyId, sealed } = sealOriginal(raw.value ?? Buffer.alloc(0));
      const value = codecs.deadLetters.encode({
        tenant: ids.tenant ?? null,
        source: ids.source ?? null,
        eventId: ids.eventId ?? null,
        code,
        detail,
        step: 'scorer',
        topic: chunk.topic,
        partition: chunk.partition,
        offset: raw.offset,
        recordedAt: clock.now(),
        keyId,
        original: sealed,
        ...untranslated,
      });
      outgoing.push({ topic: topics.deadLetters, key: raw.key, value });
    };
    for (const { raw, code, detail, record } of context.unreadable) deadLetter(raw, code, detail, record ?? {});
    for (const { record } of context.degraded) {
      const raw = context.records.find((each) => each.record === record)?.raw;
      const detail = 'Model inputs or outputs were not finite; the score published for this event is marked degraded.';
      if (raw !== undefined) deadLetter(raw, 'ERR_MODEL_OUTPUT', detail, record);
    }
    for (const { raw } of context.late) outgoing.push({ topic: topics.late, key: raw.key, value: raw.value });
  };
}
