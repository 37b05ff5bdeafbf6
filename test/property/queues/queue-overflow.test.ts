import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillQueue } from '../../../services/core/queues/fill-queue.ts';
import { queueOverflow } from '../../../services/core/queues/queue-overflow.ts';
import { isTaskRankKey, taskRankKey } from '../../../services/core/tasks/task-rank-key.ts';
import { runs } from '../../support/property-runs.ts';

const taskId = fc.integer({ min: 0, max: 9 }).map((number) => number.toString(16).padStart(32, '0'));

describe('the overflow of a queue told from counts', () => {
  it('is what filling the queue leaves over', () => {
    const candidate = fc.record({ priority: fc.double({ noNaN: true }), isDue: fc.boolean() });
    const capacity = fc.option(fc.nat({ max: 12 }), { nil: null });
    fc.assert(
      fc.property(fc.array(candidate, { maxLength: 15 }), capacity, (drafts, most) => {
        const candidates = drafts.map((draft, i) => ({ ...draft, taskId: String(i) }));
        const due = candidates.filter(({ isDue }) => isDue).length;
        expect(queueOverflow(candidates.length, due, most)).toBe(fillQueue(candidates, most).overflow.length);
      }),
      { numRuns: runs(300) },
    );
  });
});

describe('the rank key', () => {
  it('sorts as text like priority, then time, then id', () => {
    const task = fc.record({ priority: fc.double({ noNaN: true }), createdAt: fc.nat(), taskId });
    fc.assert(
      fc.property(task, task, (one, other) => {
        const [a, b] = [taskRankKey(one), taskRankKey(other)];
        expect([isTaskRankKey(a), isTaskRankKey(b)]).toEqual([true, true]);
        const order =
          compare(one.priority, other.priority) ||
          compare(one.createdAt, other.createdAt) ||
          compare(one.taskId, other.taskId);
        expect(compare(a, b)).toBe(order);
      }),
      { numRuns: runs(500) },
    );
  });
});

function compare<T extends string | number>(one: T, other: T): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
