import type { ClientEvent } from '../client-event.ts';
import { createPersonalCheck } from './personal-check.ts';
import { readCustomer } from './read-customer.ts';
import { readWord } from './read-word.ts';

/** The import that an event belongs to, as its record would name it; null where that cannot be told or is personal. */
export function readImportId(event: Pick<ClientEvent, 'userId' | 'anonymousId' | 'importId'>): string | null {
  if (event.importId === undefined || event.importId === null) return null;
  const ids = readCustomer(event);
  return readWord(
    event.importId,
    createPersonalCheck(ids.outcome === 'ok' ? ids.value : { user: null, anonymous: null }),
  );
}
