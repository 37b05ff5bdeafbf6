import { describe, expect, it } from 'vitest';
import { compareReasons } from '../../../../services/core/labels/compare-reasons.ts';
import { observedShare } from '../../../../services/core/labels/observed-share.ts';
import { labelOf } from '../../../../services/core/labels/task-label.ts';
import { aTask } from '../../../support/a-task.ts';

/** A closed task with these reasons predicted, the strongest first, and this one confirmed. */
function aLabel(predicted: readonly string[], reason: string | null, arm: 'treated' | 'holdout' = 'treated') {
  const reasons = predicted.map((code) => ({ code, contribution: 1, en: '', zhCN: '' }));
  return labelOf(aTask({ reasons, arm, outcome: { result: 'reached', reason, at: 1 } }));
}

describe('predicted beside confirmed reasons', () => {
  it('counts hits first and among three, pairs, and what naming the commonest would reach', () => {
    const found = compareReasons([
      aLabel(['price', 'delivery'], 'price'),
      aLabel(['price', 'silence', 'other', 'delivery'], 'delivery'),
      aLabel(['silence', 'price'], 'price'),
      aLabel([], 'price'),
      aLabel(['price'], null),
      aLabel(['price'], 'price', 'holdout'),
      labelOf(aTask()),
    ]);
    expect(found).toMatchObject({
      closed: 5,
      withoutConfirmed: { count: 1, of: 5 },
      compared: 3,
      first: { count: 1, of: 3 },
      amongThree: { count: 2, of: 3 },
      commonest: { code: 'price', count: 2, of: 3 },
      confusion: [
        { predicted: 'price', confirmed: 'delivery', tasks: 1 },
        { predicted: 'price', confirmed: 'price', tasks: 1 },
        { predicted: 'silence', confirmed: 'price', tasks: 1 },
      ],
    });
  });

  it('does not take ends without a person, as those of surveys, for tasks closed without a reason', () => {
    const ended = ['completed', 'no-result', 'purchased', 'stopped'].map((result) =>
      labelOf(aTask({ outcome: { result, reason: null, at: 1 } })),
    );
    expect(compareReasons([...ended, aLabel(['price'], 'price')])).toMatchObject({
      closed: 1,
      withoutConfirmed: { count: 0, of: 1 },
    });
  });

  it('has nothing to say of no tasks', () => {
    expect(compareReasons([])).toEqual({
      closed: 0,
      withoutConfirmed: null,
      compared: 0,
      first: null,
      amongThree: null,
      commonest: null,
      confusion: [],
    });
  });
});

describe('a share that was counted', () => {
  // The bounds are the roots of |share − p| = z √(p(1 − p) ÷ n), from which Wilson's interval comes.
  it.each([
    [0, 10],
    [1, 10],
    [5, 10],
    [10, 10],
    [81, 263],
    [4_000, 5_000],
  ])('%i of %i lies in the interval whose ends it is just compatible with', (count, of) => {
    const { share, low, high } = observedShare(count, of)!;
    for (const end of [low, high].filter((bound) => bound !== share)) {
      expect(Math.abs(share - end) / Math.sqrt((end * (1 - end)) / of)).toBeCloseTo(1.959964, 5);
    }
    expect(low).toBeLessThanOrEqual(share);
    expect(high).toBeGreaterThanOrEqual(share);
  });
});
