import { describe, expect, it } from 'vitest';
import type { Score } from '../../../../services/core/scoring/score.ts';
import { naivePeerWork } from '../../../bench/peers/naive-peer-work.ts';
import { peerDifferences } from '../../../bench/peers/peer-differences.ts';
import { benchEvents } from '../../../bench/pipeline/bench-events.ts';
import { aScore } from '../../../support/score-builder.ts';

const events = [...benchEvents(6, 2)];

/** The right scores, computed apart for each event from those of its customer up to it. */
const scores: Score[] = events.map((event, i) => {
  const { p } = naivePeerWork(events.slice(0, i + 1).filter(({ surrogate }) => surrogate === event.surrogate));
  const { eventId, surrogate, occurredAt } = event;
  return aScore({ eventId, surrogate, occurredAt, churn: { p30: p, p60: p, p90: p } });
});

describe('the check of a peer', () => {
  it('finds no difference in one right score for each event, in any order', () => {
    expect(peerDifferences(events, scores)).toEqual([]);
    expect(peerDifferences(events, scores.toReversed())).toEqual([]);
  });

  it('finds a score that is missing', () => {
    expect(peerDifferences(events, scores.slice(1))).toEqual(['bench-event-0 has no score']);
  });

  it('finds a score that was made twice', () => {
    expect(peerDifferences(events, [...scores, scores[2]])).toEqual(['bench-event-2 has 2 scores']);
  });

  it('finds a score of no event', () => {
    expect(peerDifferences(events.slice(0, 5), scores)).toEqual([
      'bench-event-5 was scored, but is no event of the input',
    ]);
  });

  it.each(['p30', 'p60', 'p90'] as const)('finds a wrong %s', (horizon) => {
    for (const wrong of [scores[5].churn[horizon] + 2e-5, Number.NaN]) {
      const changed = { ...scores[5], churn: { ...scores[5].churn, [horizon]: wrong } };
      expect(peerDifferences(events, scores.with(5, changed))).toHaveLength(1);
    }
  });

  it('finds a score under another customer', () => {
    const changed = { ...scores[0], surrogate: 'f'.repeat(32) };
    expect(peerDifferences(events, scores.with(0, changed))).toEqual([
      expect.stringContaining('bench-event-0 was scored as that of ffff'),
    ]);
  });
});
