import type { Outcome } from '../../core/outcome.ts';
import type { ClaimResult } from '../../core/ports/claim-store.ts';
import type { ClientEvent } from '../client-event.ts';
import type { EventResult } from '../event-result.ts';
import type { WritableEvent } from './judge-event.ts';
import { readEventId } from './read-event-id.ts';

/**
 * One result per event, in order.
 * @param claimed one per event whose outcome is ok, in order
 */
export function decideResults(
  events: readonly ClientEvent[],
  judged: readonly Outcome<WritableEvent>[],
  claimed: readonly ClaimResult[],
): readonly EventResult[] {
  let next = 0;
  return judged.map((outcome, index) => {
    if (outcome.outcome === 'ok') return resultOfClaim(outcome.value.claim.eventId, claimed[next++]);
    const key = readEventId(events[index].clientEventId) ?? `#${index}`;
    if (outcome.outcome === 'dead-letter') {
      return { key, result: 'rejected', code: outcome.code, detail: outcome.detail };
    }
    const detail =
      'the source is off, for it has no purpose; declare one by "tidewatch key declare" or in the tracking plan; nothing of the event was kept';
    return { key, result: 'suppressed', code: 'ERR_SOURCE_OFF', detail };
  });
}

function resultOfClaim(key: string, claimed: ClaimResult): EventResult {
  if (claimed === 'claimed') return { key, result: 'accepted', code: null, detail: null };
  if (claimed === 'pending') {
    const detail = 'it is being written by another request; send it again';
    return { key, result: 'retry', code: 'ERR_EVENT_PENDING', detail };
  }
  if (claimed === 'duplicate') return { key, result: 'duplicate', code: null, detail: null };
  const detail = 'another event with this id and other content was accepted before; give each event its own id';
  return { key, result: 'conflict', code: 'ERR_EVENT_CONFLICT', detail };
}
