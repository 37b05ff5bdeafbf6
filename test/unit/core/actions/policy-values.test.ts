import { describe, expect, it } from 'vitest';
import { doublyRobustValue } from '../../../../services/core/actions/doubly-robust-value.ts';
import { effectiveRows } from '../../../../services/core/actions/effective-rows.ts';
import { greedyPolicy } from '../../../../services/core/actions/greedy-policy.ts';
import { importanceWeights } from '../../../../services/core/actions/importance-weights.ts';
import { inversePropensityValue } from '../../../../services/core/actions/inverse-propensity-value.ts';
import { oneArmPolicy } from '../../../../services/core/actions/one-arm-policy.ts';
import { selfNormalisedValue } from '../../../../services/core/actions/self-normalised-value.ts';
import { valueDifference } from '../../../../services/core/actions/value-difference.ts';
import { valueInterval } from '../../../../services/core/actions/value-interval.ts';
import { anExperiment } from '../../../support/an-experiment.ts';

const log = anExperiment(
  ['mail', 'none'],
  [
    { arm: 'mail', propensity: 0.5, reward: 4 },
    { arm: 'none', propensity: 0.5, reward: 1 },
    { arm: 'mail', propensity: 0.8, reward: 2 },
    { arm: 'none', propensity: 0.2, reward: 0 },
  ],
);
const mail = oneArmPolicy(log, 0);

describe('the value of a policy', () => {
  it('by inverse propensity is the mean of weight times reward', () => {
    expect(Array.from(importanceWeights(log, mail))).toEqual([2, 0, 1.25, 0]);
    expect(inversePropensityValue(log, mail).value).toBeCloseTo((2 * 4 + 1.25 * 2) / 4, 12);
  });

  it('self-normalised is the weighted mean, so a constant added to all rewards adds just that', () => {
    const { value } = selfNormalisedValue(log, mail);
    expect(value).toBeCloseTo((2 * 4 + 1.25 * 2) / 3.25, 12);
    const raised = { ...log, reward: log.reward.map((reward) => reward + 100) };
    expect(selfNormalisedValue(raised, mail).value).toBeCloseTo(value + 100, 9);
  });

  it('doubly robust is what the model says plus the weighted errors of the model', () => {
    const expected = Float64Array.from([3, 1, 3, 1, 3, 1, 3, 1]);
    // 3 for each row, and errors 2 * (4 - 3) and 1.25 * (2 - 3)
    expect(doublyRobustValue(log, mail, expected).value).toBeCloseTo(3 + (2 - 1.25) / 4, 12);
    const nothing = new Float64Array(8);
    expect(doublyRobustValue(log, mail, nothing).value).toBeCloseTo(inversePropensityValue(log, mail).value, 12);
  });

  it('has the textbook standard error, and influences whose mean is 0', () => {
    const estimate = inversePropensityValue(log, mail);
    const terms = [8, 0, 2.5, 0];
    const mean = 10.5 / 4;
    const variance = terms.reduce((sum, term) => sum + (term - mean) ** 2, 0) / 3;
    const { standardError, low, high } = valueInterval(estimate, log.customer);
    expect(standardError).toBeCloseTo(Math.sqrt(variance / 4), 12);
    expect(high - low).toBeCloseTo(2 * 1.959963984540054 * standardError, 12);
    for (const { influence } of [estimate, selfNormalisedValue(log, mail)])
      expect(influence.reduce((sum, part) => sum + part, 0)).toBeCloseTo(0, 9);
  });

  it('is no surer for rows that were copied, as long as they are the same customers', () => {
    const rows = [0, 1, 2, 3, 0, 1, 2, 3].map((i) => ({
      arm: log.arms[log.arm[i]],
      propensity: log.propensity[i],
      reward: log.reward[i],
      customer: i,
    }));
    const twice = anExperiment(log.arms, rows);
    const { standardError } = valueInterval(inversePropensityValue(twice, oneArmPolicy(twice, 0)), twice.customer);
    expect(standardError).toBeCloseTo(valueInterval(inversePropensityValue(log, mail), log.customer).standardError, 12);
  });

  it('differs from itself by exactly 0, with an interval of no width', () => {
    const estimate = inversePropensityValue(log, mail);
    const none = valueInterval(valueDifference(estimate, estimate), log.customer);
    expect(none).toEqual({ value: 0, standardError: 0, low: 0, high: 0 });
  });
});

describe('the greedy policy', () => {
  it('takes the largest value, of equal ones the preferred arm', () => {
    const values = Float64Array.from([1, 2, 3, 3, 0, -1]);
    expect(Array.from(greedyPolicy(values, [0, 1]))).toEqual([0, 1, 1, 0, 1, 0]);
    expect(Array.from(greedyPolicy(values, [1, 0]))).toEqual([0, 1, 0, 1, 1, 0]);
  });
});

describe('effective rows', () => {
  it('are all rows for equal weights, one for one weight, none without weight', () => {
    expect(effectiveRows(Float64Array.from([2, 2, 2]))).toBeCloseTo(3, 12);
    expect(effectiveRows(Float64Array.from([0, 7, 0]))).toBeCloseTo(1, 12);
    expect(effectiveRows(new Float64Array(3))).toBe(0);
  });
});
