import type { Outcome } from '../../core/outcome.ts';
import { qualityMark, wholeEvent } from '../../core/quality/quality-mark.ts';
import type { EventQuality } from '../../core/quality/quality-mark.ts';
import type { EventResult } from '../event-result.ts';
import type { WritableEvent } from './judge-event.ts';

/**
 * What a request says about the quality of its source. An event that comes again says nothing new; one that was refused
 * is one inaccurate event of no type; one that contradicts an earlier one is one inconsistent event.
 */
export function collectQuality(
  judged: readonly Outcome<WritableEvent>[],
  results: readonly EventResult[],
): readonly EventQuality[] {
  return judged.flatMap((outcome, index): EventQuality[] => {
    const { result } = results[index];
    if (result === 'rejected') return [refused];
    if (outcome.outcome !== 'ok') return [];
    if (result === 'accepted') return [outcome.value.quality];
    return result === 'conflict' ? [contradicting(outcome.value.quality.type)] : [];
  });
}

const refused: EventQuality = {
  type: 'refused',
  marks: [qualityMark('accuracy', wholeEvent.event, false)],
  rules: [],
  surplus: 0,
};

function contradicting(type: string): EventQuality {
  return { type, marks: [qualityMark('consistency', wholeEvent.event, false)], rules: [], surplus: 0 };
}
