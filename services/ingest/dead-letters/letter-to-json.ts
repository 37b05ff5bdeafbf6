import { formatCursor } from './letter-cursor.ts';
import type { LetterPage, ListedLetter } from './list-letters.ts';
import type { OpenedLetter } from './open-letter.ts';

/**
 * A letter as the API shows it; times in ISO 8601.
 * @param isClear shows ids as their senders chose them
 */
export function letterToJson(listed: ListedLetter, isClear: boolean): object {
  const { id, letter, status, mark, obstacle } = listed;
  const { tenant, source, channel, code, detail, step, dialect, call } = letter;
  const { eventId, importId } = isClear ? letter : listed.masked;
  return {
    id,
    status,
    settledAt: mark === null ? null : new Date(mark.at).toISOString(),
    recordedAt: new Date(letter.recordedAt).toISOString(),
    ...{ tenant, source, channel, eventId, importId, code, detail, step, dialect, call },
    about: letter.topic === null ? null : { topic: letter.topic, partition: letter.partition, offset: letter.offset },
    obstacle,
  };
}

export function pageToJson({ letters, cursor, scanned, cut }: LetterPage, isClear: boolean): object {
  const shown = letters.map((letter) => letterToJson(letter, isClear));
  return { letters: shown, cursor: cursor === null ? null : formatCursor(cursor), scanned, cut };
}

/** The content of a letter: text where it is what a client sent, base64 where it is a record. */
export function contentToJson(content: OpenedLetter | string, isEvent: boolean): object {
  if (typeof content === 'string') return { original: null, originalProblem: content };
  if (!isEvent) return { originalBase64: content.original.toString('base64') };
  return { original: content.original.toString('utf8'), share: content.share };
}
