import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillQueue, type QueueCandidate } from '../../../../services/core/queues/fill-queue.ts';
import { taskWorth } from '../../../../services/core/queues/task-worth.ts';

const candidates: fc.Arbitrary<QueueCandidate[]> = fc.uniqueArray(
  fc.record({ taskId: fc.string({ minLength: 1 }), priority: fc.integer({ min: -5, max: 5 }), isDue: fc.boolean() }),
  { selector: ({ taskId }) => taskId, maxLength: 20 },
);

describe('a queue of limited capacity', () => {
  it('keeps all that is due, then the best, and decides alike whatever the order they come in', () => {
    fc.assert(
      fc.property(candidates, fc.nat(15), (all, capacity) => {
        const { kept, overflow } = fillQueue(all, capacity);
        expect(fillQueue(all.toReversed(), capacity)).toEqual({ kept, overflow });
        expect([...kept, ...overflow].toSorted()).toEqual(all.map(({ taskId }) => taskId).toSorted());
        const find = (id: string) => all.find(({ taskId }) => taskId === id);
        const due = all.filter(({ isDue }) => isDue).length;
        expect(kept.length).toBe(Math.min(all.length, Math.max(due, capacity)));
        const worst = Math.min(
          ...kept
            .map((id) => find(id))
            .filter((each) => each?.isDue === false)
            .map((each) => each?.priority ?? 0),
        );
        for (const id of overflow) {
          expect(find(id)?.isDue).toBe(false);
          expect(find(id)?.priority ?? 0).toBeLessThanOrEqual(worst);
        }
      }),
    );
  });

  it('without a limit keeps all', () => {
    const all = [{ taskId: 'a', priority: 1, isDue: false }];
    expect(fillQueue(all, null)).toEqual({ kept: ['a'], overflow: [] });
  });
});

describe('what acting is worth', () => {
  it('is the money saved less what it costs', () => {
    expect(taskWorth({ churn: 0.5, value: 20_000, expectedEffect: 0.1, cost: 300 })).toBe(700);
    expect(taskWorth({ churn: 0.5, value: null, expectedEffect: 0.1, cost: 300 })).toBe(-300);
    expect(taskWorth({ churn: 0.5, value: -5000, expectedEffect: 0.1, cost: 0 })).toBe(0);
  });
});
