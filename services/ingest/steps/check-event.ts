import type { Outcome } from '../../core/outcome.ts';
import type { ClientEvent } from '../client-event.ts';
import { ingestLimits } from '../ingest-limits.ts';
import { readEventId } from './read-event-id.ts';
import { reject } from './reject.ts';

/**
 * Lets an event pass that has a usable id and that its dialect could read.
 * @returns the event id
 */
export function checkEvent(event: Pick<ClientEvent, 'fault' | 'clientEventId'>): Outcome<string> {
  if (event.fault !== null) return reject('ERR_EVENT_INVALID', event.fault);
  const id = readEventId(event.clientEventId);
  if (id !== null) return { outcome: 'ok', value: id };
  const detail = `the event id is missing or no text of 1 to ${ingestLimits.idCharacters} characters; give each event its own`;
  return reject('ERR_EVENT_INVALID', detail);
}
