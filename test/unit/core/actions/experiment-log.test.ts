import { describe, expect, it } from 'vitest';
import { findRowProblem } from '../../../../services/core/actions/find-row-problem.ts';
import { propensityMisfit } from '../../../../services/core/actions/propensity-misfit.ts';
import { anExperiment } from '../../../support/an-experiment.ts';

const good = { arm: 'mail', propensity: 0.5, reward: 1 };

describe('a row of a log', () => {
  it('is taken with an arm, a probability and a finite reward', () => {
    expect(findRowProblem(good)).toBeNull();
    expect(findRowProblem({ ...good, propensity: 1, reward: -3 })).toBeNull();
  });

  it.each([
    [{ arm: '' }, /arm is empty/],
    [{ propensity: null }, /propensity is missing/],
    [{ propensity: 0 }, /propensity is 0/],
    [{ propensity: -0.1 }, /not a probability/],
    [{ propensity: 1.5 }, /not a probability/],
    [{ propensity: NaN }, /not a number/],
    [{ reward: null }, /reward is missing/],
    [{ reward: NaN }, /not a finite number/],
    [{ reward: Infinity }, /not a finite number/],
  ])('is refused with %o', (part, sentence) => {
    expect(findRowProblem({ ...good, ...part })).toMatch(sentence);
  });
});

describe('the propensities of a log', () => {
  const rows = (share: number, propensity: number) =>
    Array.from({ length: 1000 }, (_, i) => {
      const isMail = i < 1000 * share;
      return { arm: isMail ? 'mail' : 'none', propensity: isMail ? propensity : 1 - propensity, reward: 0 };
    });

  it('fit when each arm stands for the whole log', () => {
    expect(propensityMisfit(anExperiment(['mail', 'none'], rows(0.3, 0.3)))).toBeNull();
    expect(propensityMisfit(anExperiment(['mail', 'none'], rows(0.31, 0.3)))).toBeNull();
  });

  it('do not fit when they are those of the other arm', () => {
    const misfit = propensityMisfit(anExperiment(['mail', 'none'], rows(0.3, 0.7)));
    expect(misfit?.arm).toBe('mail');
    expect(misfit?.ratio).toBeCloseTo(0.3 / 0.7, 12);
  });
});
