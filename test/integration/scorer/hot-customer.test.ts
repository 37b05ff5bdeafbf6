import { afterEach, describe, expect, it } from 'vitest';
import { keyPartition } from '../../../services/core/events/key-partition.ts';
import { aRecord } from '../../support/builders.ts';
import { type RunningScorer, runScorer } from './scorer-bench.ts';

const partitions = 3;
const partitionOf = (surrogate: string) => keyPartition(Buffer.from(surrogate), partitions);
const hot = 'f'.repeat(32);
const others = Array.from({ length: 60 }, (_, i) => `a${i.toString(16).padStart(31, '0')}`);

describe('a customer with half of all traffic', () => {
  let scorer: RunningScorer;

  afterEach(() => scorer.remove());

  it('has its scores in the order of its events, and customers of its partition have theirs in between', async () => {
    scorer = await runScorer({ customers: 5, events: 20, partitions });
    const events = Array.from({ length: 4_000 }, (_, i) =>
      aRecord({ eventId: `mixed-${i}`, surrogate: i % 2 === 0 ? hot : others[i % others.length] }),
    );
    await scorer.events.publish(events);
    await scorer.done();

    const scores = (await scorer.scores()).filter(({ eventId }) => eventId.startsWith('mixed-'));
    expect(scores).toHaveLength(events.length);
    for (let partition = 0; partition < partitions; partition++) {
      const inLog = events.filter(({ surrogate }) => partitionOf(surrogate) === partition);
      const scored = scores.filter(({ surrogate }) => partitionOf(surrogate) === partition);
      expect(scored.map(({ eventId }) => eventId)).toEqual(inLog.map(({ eventId }) => eventId));
    }
    const own = scores.filter(({ surrogate }) => surrogate === hot);
    expect(own.map(({ stateVersion }) => stateVersion)).toEqual(Array.from({ length: 2_000 }, (_, i) => i + 1));
    // Not after the hot customer's last one: the partition's other customers do not wait for all of it.
    const together = scores.filter(({ surrogate }) => partitionOf(surrogate) === partitionOf(hot));
    const lastOfHot = together.findLastIndex(({ surrogate }) => surrogate === hot);
    const before = together.slice(0, lastOfHot).filter(({ surrogate }) => surrogate !== hot);
    expect(before.length).toBeGreaterThan(100);
  });
});
