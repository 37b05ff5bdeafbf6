import type { ClientEvent } from '../client-event.ts';
import { looksPersonal } from './personal-data.ts';
import { readWord } from './read-word.ts';

/**
 * The import that an event belongs to; null where it is no short word, or an e-mail address or telephone number. It names
 * a whole file, so a customer's id that stands in it by chance does not make it personal.
 */
export function readImportId({ importId }: Pick<ClientEvent, 'importId'>): string | null {
  return readWord(importId, looksPersonal);
}
