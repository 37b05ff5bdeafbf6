import type { DeadLetterRecord } from '../../core/events/dead-letter.ts';
import type { ClientEvent } from '../client-event.ts';
import type { Dialect } from '../dialects/dialect.ts';
import type { OpenedLetter } from './open-letter.ts';

/**
 * Translates the original of a letter once more, as it would have been translated then; a sentence where that cannot be.
 * An event that says no time happened when it came, not when it is replayed.
 */
export function retranslate(
  letter: Pick<DeadLetterRecord, 'dialect' | 'call' | 'recordedAt'>,
  { original, share }: OpenedLetter,
  dialects: readonly Dialect[],
): ClientEvent | string {
  const { dialect: name, call, recordedAt } = letter;
  const dialect = dialects.find((each) => each.name === name);
  if (dialect === undefined || call === null || !dialect.calls.some((each) => each.call === call)) {
    return `its protocol "${name}" (${call}) is not served by this version; run one that serves it`;
  }
  let value: unknown;
  try {
    value = JSON.parse(original.toString('utf8'));
  } catch {
    return 'its original is no JSON text; have the source send the event again';
  }
  const event = dialect.translate(call, value, share ?? {});
  return { ...event, time: event.time ?? new Date(recordedAt).toISOString() };
}
