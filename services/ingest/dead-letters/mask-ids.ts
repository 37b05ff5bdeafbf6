import type { DeadLetterRecord } from '../../core/events/dead-letter.ts';
import type { Digest } from '../../core/ports/digest.ts';
import { looksPersonal } from '../steps/personal-data.ts';

/** The ids of a letter that its sender chose, as they are shown. */
export type LetterIds = Pick<DeadLetterRecord, 'eventId' | 'importId'>;

/** Hides what ids may tell of a person. */
export type MaskIds = (letter: LetterIds & Pick<DeadLetterRecord, 'tenant'>) => LetterIds;

const shownDigits = 16;

/**
 * Event ids are masked whatever they look like: senders make them of order and customer numbers. The mask is the start of
 * a keyed hash, so letters of one event look alike, and nobody finds the id by trying.
 * @param keyOf of a tenant; of the installation for one that is not known
 */
export function createMaskIds(digest: Digest, keyOf: (tenant: string | null) => Buffer): MaskIds {
  return ({ tenant, eventId, importId }) => {
    const mask = (id: string): string =>
      `#${digest.hmacHex(keyOf(tenant), `dead-letter-id|${id}`).slice(0, shownDigits)}`;
    return {
      eventId: eventId === null ? null : mask(eventId),
      importId: importId !== null && looksPersonal(importId) ? mask(importId) : importId,
    };
  };
}
