import type { SegmentChanges } from '../segments/segment-changes.ts';
import type { Standing } from './customer-facts.ts';
import type { TaskDraft } from './task-draft.ts';

/** Whoever came to stand somewhere longer ago did not enter just now, though we hear of it only now. */
const lateMs = 86_400_000;

/** Notes where the customer stands now. What history, or late news, says of it happened before we looked on. */
export function applySegments(draft: TaskDraft, segments: SegmentChanges): void {
  const { changes, customerRef, historical, at, stateVersion } = segments;
  const { facts } = draft.state;
  const liveSince = facts.liveSince ?? Infinity;
  const isNews = !historical && draft.at - at < lateMs;
  const since = isNews ? draft.at : Math.min(at, liveSince - 1);
  const standings = changes.reduce<readonly Standing[]>((before, { kind, scheme, new: name }) => {
    if (kind !== 'tier' && kind !== 'stage') return before;
    const others = before.filter((each) => each.kind !== kind || each.scheme !== scheme);
    return name === null ? others : [...others, { kind, scheme, name, since }];
  }, facts.standings);
  draft.learn({ standings, segmentsVersion: stateVersion, customerRef: customerRef ?? facts.customerRef });
}
