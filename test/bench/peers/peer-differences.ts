import type { CustomerRecord } from '../../../services/core/events/customer-record.ts';
import type { Score } from '../../../services/core/scoring/score.ts';
import { naivePeerWork } from './naive-peer-work.ts';

const tolerance = 1e-5;

/**
 * Where a peer's scores are not one for each event, with the event's own fields and the probability that the naive
 * computation gives for the customer's events up to it.
 * @param events in the order of the input
 * @returns one sentence per difference
 */
export function peerDifferences(events: Iterable<CustomerRecord>, scores: Iterable<Score>): string[] {
  const made = new Map<string, Score[]>();
  for (const score of scores) made.set(score.eventId, [...(made.get(score.eventId) ?? []), score]);
  const problems: string[] = [];
  const histories = new Map<string, CustomerRecord[]>();
  for (const event of events) {
    const history = [...(histories.get(event.surrogate) ?? []), event];
    histories.set(event.surrogate, history);
    const [score, ...more] = made.get(event.eventId) ?? [];
    made.delete(event.eventId);
    if (score === undefined) problems.push(`${event.eventId} has no score`);
    else if (more.length > 0) problems.push(`${event.eventId} has ${more.length + 1} scores`);
    else problems.push(...scoreDifferences(score, event, naivePeerWork(history).p));
  }
  return [...problems, ...[...made.keys()].map((eventId) => `${eventId} was scored, but is no event of the input`)];
}

function scoreDifferences(score: Score, event: CustomerRecord, p: number): string[] {
  const { p30, p60, p90 } = score.churn;
  const wrong = [p30, p60, p90].some((value) => !(Math.abs(value - p) <= tolerance));
  const strange = score.surrogate !== event.surrogate || score.occurredAt !== event.occurredAt;
  return [
    ...(wrong ? [`${event.eventId} has ${p30}, ${p60}, ${p90} instead of ${p}`] : []),
    ...(strange ? [`${event.eventId} was scored as that of ${score.surrogate} at ${score.occurredAt}`] : []),
  ];
}
