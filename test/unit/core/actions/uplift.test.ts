import { describe, expect, it } from 'vitest';
import { upliftCurve } from '../../../../services/core/actions/uplift-curve.ts';
import { upliftMeasures } from '../../../../services/core/actions/uplift-measures.ts';
import { upliftOrder } from '../../../../services/core/actions/uplift-order.ts';
import { anExperiment, type ExperimentRow } from '../../../support/an-experiment.ts';

const arms = { treated: 0, control: 1 };

/** Ten pairs of a treated and a control customer; treating the first three pairs gains 1, the others nothing. */
const pairs = Array.from({ length: 10 }, (_, pair): ExperimentRow[] => [
  { arm: 'mail', propensity: 0.5, reward: pair < 3 ? 1 : 0 },
  { arm: 'none', propensity: 0.5, reward: 0 },
]);
const log = anExperiment(['mail', 'none', 'call'], [...pairs.flat(), { arm: 'call', propensity: 0.1, reward: 99 }]);

function measuresOf(scoreOfPair: (pair: number) => number) {
  const score = Float64Array.from(log.arm, (_, row) => scoreOfPair(Math.floor(row / 2)));
  return upliftMeasures(upliftCurve(log, upliftOrder(log, arms, score)));
}

describe('uplift', () => {
  it('of a perfect order is 1 in the first 30 %, with the area of a curve that rises there and then stays', () => {
    const { topThirty, averageEffect, auuc, qini } = measuresOf((pair) => -pair);
    expect(topThirty).toBeCloseTo(1, 12);
    expect(averageEffect).toBeCloseTo(0.3, 12);
    expect(auuc).toBeCloseTo(0.3 * 0.3 * 0.5 + 0.7 * 0.3, 12);
    expect(qini).toBeCloseTo(auuc - 0.15, 12);
  });

  it('of the reverse order has the Qini with the other sign', () => {
    expect(measuresOf((pair) => pair).qini).toBeCloseTo(-measuresOf((pair) => -pair).qini, 12);
    expect(measuresOf((pair) => pair).topThirty).toBeCloseTo(0, 12);
  });

  it('without any order has Qini 0, however the rows of the log are sorted', () => {
    const { qini, topThirty } = measuresOf(() => 5);
    expect(qini).toBeCloseTo(0, 12);
    expect(topThirty).toBeCloseTo(0.3, 12);
  });

  it('counts rows by their inverse propensity', () => {
    const uneven = anExperiment(
      ['mail', 'none'],
      [
        { arm: 'mail', propensity: 0.25, reward: 2 },
        { arm: 'mail', propensity: 0.75, reward: 4 },
        { arm: 'none', propensity: 0.5, reward: 1 },
      ],
    );
    const { averageEffect } = upliftMeasures(upliftCurve(uneven, upliftOrder(uneven, arms, new Float64Array(3))));
    expect(averageEffect).toBeCloseTo((2 * 4 + 4 * (4 / 3)) / (4 + 4 / 3) - 1, 12);
  });

  it('leaves out rows that a resample did not draw', () => {
    const order = upliftOrder(
      log,
      arms,
      Float64Array.from(log.arm, (_, row) => -row),
    );
    const { averageEffect } = upliftMeasures(upliftCurve(log, order, (row) => (row < 6 ? 1 : 0)));
    expect(averageEffect).toBeCloseTo(1, 12);
  });
});
