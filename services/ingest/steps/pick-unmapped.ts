import type { Outcome } from '../../core/outcome.ts';
import type { EventResult } from '../event-result.ts';
import type { WritableEvent } from './judge-event.ts';

/** Names of the accepted events of a request that the plan does not know; one per event. */
export function pickUnmapped(
  judged: readonly Outcome<WritableEvent>[],
  results: readonly EventResult[],
): readonly string[] {
  return judged.flatMap((outcome, index) => {
    const isNew = outcome.outcome === 'ok' && results[index].result === 'accepted';
    return isNew && outcome.value.unmapped !== null ? [outcome.value.unmapped] : [];
  });
}
