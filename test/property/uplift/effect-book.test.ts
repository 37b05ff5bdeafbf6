import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { RetentionTask } from '../../../services/core/tasks/retention-task.ts';
import { EffectBook } from '../../../services/core/uplift/effect-book.ts';
import { reportEffects } from '../../../services/core/uplift/effect-report.ts';
import { aTask } from '../../support/a-task.ts';
import { naiveEffects } from '../../support/naive-effects.ts';
import { runs } from '../../support/property-runs.ts';

const dayMs = 86_400_000;
const opened = Date.UTC(2026, 0, 1);

/** Few customers, playbooks and days, so that first and later episodes, equal moments and shares meet often. */
const snapshot = fc
  .record({
    customer: fc.nat(5),
    playbook: fc.constantFrom('wake-dormant', 'win-back'),
    trigger: fc.constantFrom('a', 'b'),
    episode: fc.integer({ min: 1, max: 3 }),
    version: fc.integer({ min: 1, max: 4 }),
    tenant: fc.constantFrom('demo', 'other'),
  })
  .map(({ customer, ...names }) => {
    // What a task was opened with does not change between its versions: drawn from its name.
    const fixed = customer * 7 + names.episode * 3 + names.trigger.charCodeAt(0) + names.playbook.length;
    const day = (fixed * 37) % 120;
    const share = [0, 0.2, 0.2, 0.5, 1][fixed % 5];
    return { ...names, customer, fixed, day, share };
  })
  .chain((names) =>
    fc.record({
      names: fc.constant(names),
      measure: fc.option(
        fc.record({ purchases: fc.nat(2), revenueMinor: fc.integer({ min: -(2 ** 45), max: 2 ** 45 }) }),
      ),
      status: fc.constantFrom('open' as const, 'claimed' as const, 'resolved' as const, 'expired' as const),
      isContacted: fc.boolean(),
    }),
  )
  .map(({ names: { customer, fixed, day, share, ...names }, measure, status, isContacted }): RetentionTask => {
    const createdAt = opened + day * dayMs;
    const contact = { contactId: 'c', channel: 'email', purpose: 'care' as const, en: '', zhCN: '', at: createdAt };
    return aTask({
      ...names,
      taskId: [names.tenant, names.playbook, customer, names.trigger, names.episode].join('-'),
      surrogate: String(customer).padStart(32, '0'),
      createdAt,
      holdoutShare: share,
      arm: fixed % 3 === 0 ? 'holdout' : 'treated',
      segment: fixed % 4 === 0 ? null : `tier/${fixed % 2}`,
      status,
      contacts: isContacted ? [contact] : [],
      measured: measure && { ...measure, until: createdAt + 90 * dayMs, churned: measure.purchases === 0 },
    });
  });

/** One content for each version of a task, as the topic has it. */
const snapshots = fc.uniqueArray(snapshot, {
  selector: (task) => `${task.taskId}:${task.version}`,
  minLength: 1,
  maxLength: 40,
});

function fold(tasks: readonly RetentionTask[]): EffectBook {
  const book = new EffectBook();
  for (const task of tasks) book.add(task);
  return book;
}

function figuresOf(book: EffectBook) {
  const counted = book.tallies.filter(({ opened: customers }) => customers > 0);
  return new Map(
    counted.map((tally) => {
      const { tenant, playbook, segment, holdoutShare, arm } = tally.draw;
      return [JSON.stringify([tenant, playbook, segment, holdoutShare, arm]), tally.sums()];
    }),
  );
}

const ones = (answers: readonly boolean[]): number => answers.filter(Boolean).length;

describe('the book of effects', () => {
  it('counts what a naive recomputation counts', () => {
    fc.assert(
      fc.property(snapshots, (tasks) => {
        const naive = naiveEffects(tasks);
        const figures = figuresOf(fold(tasks));
        expect([...figures.keys()].sort()).toEqual([...naive.keys()].sort());
        for (const [name, arm] of naive) {
          const sums = figures.get(name)!;
          const measured = arm.revenue.length;
          expect(sums).toMatchObject({ opened: arm.opened, measured, cost: arm.cost });
          expect(sums.churn).toMatchObject({ customers: measured, sum: ones(arm.churned) });
          expect(sums.repurchase).toMatchObject({ customers: measured, sum: ones(arm.repurchased) });
          expect(sums.revenue).toEqual({
            customers: measured,
            sum: arm.revenue.reduce((a, b) => a + b, 0),
            sumOfSquares: arm.revenue.reduce((a, b) => a + BigInt(b) ** 2n, 0n),
          });
        }
      }),
      { numRuns: runs(300) },
    );
  });

  it('is the same after any order and any number of copies, and says what changed nothing', () => {
    const mixed = snapshots.chain((tasks) =>
      fc.record({
        tasks: fc.constant(tasks),
        again: fc.shuffledSubarray([...tasks, ...tasks], { minLength: tasks.length }),
        order: fc.shuffledSubarray([...tasks], { minLength: tasks.length }),
      }),
    );
    fc.assert(
      fc.property(mixed, ({ tasks, again, order }) => {
        const book = fold([...order, ...again]);
        expect(figuresOf(book)).toEqual(figuresOf(fold(tasks)));
        for (const task of tasks) expect(book.add(task)).toBe(false);
        const report = (of: EffectBook) =>
          reportEffects(
            of.tallies.filter(({ draw }) => draw.tenant === 'demo'),
            0.3,
          );
        expect(report(book)).toEqual(report(fold(tasks)));
      }),
      { numRuns: runs(300) },
    );
  });
});
