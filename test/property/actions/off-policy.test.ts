import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { doublyRobustValue } from '../../../services/core/actions/doubly-robust-value.ts';
import type { ExperimentLog } from '../../../services/core/actions/experiment-log.ts';
import { inversePropensityValue } from '../../../services/core/actions/inverse-propensity-value.ts';
import { runs } from '../../support/property-runs.ts';

const arms = ['a', 'b', 'c'];
const people = 4;

const shares = fc
  .tuple(...arms.map(() => fc.double({ min: 0.05, max: 1, noNaN: true })))
  .map((parts) => parts.map((part) => part / parts.reduce((sum, other) => sum + other, 0)));
const figure = fc.double({ min: -50, max: 50, noNaN: true });

/** People with the reward each arm would bring, how likely each arm is for each, a policy, and any model of rewards. */
const world = fc.record({
  rewards: fc.array(fc.tuple(figure, figure, figure), { minLength: people, maxLength: people }),
  propensities: fc.array(shares, { minLength: people, maxLength: people }),
  policy: fc.array(shares, { minLength: people, maxLength: people }),
  expected: fc.array(fc.tuple(figure, figure, figure), { minLength: people, maxLength: people }),
});

/** Every log that chance could have made, with its probability. */
function* everyLog(
  rewards: readonly number[][],
  propensities: readonly number[][],
): Generator<[ExperimentLog, number]> {
  for (let draw = 0; draw < arms.length ** people; draw++) {
    const arm = Int32Array.from(rewards, (_, i) => Math.floor(draw / arms.length ** i) % arms.length);
    const propensity = Float64Array.from(propensities, (row, i) => row[arm[i]]);
    const probability = propensity.reduce((product, p) => product * p, 1);
    const reward = Float64Array.from(rewards, (row, i) => row[arm[i]]);
    yield [{ arms, arm, propensity, reward, customer: Int32Array.from(arm.keys()) }, probability];
  }
}

describe('off-policy values', () => {
  it('are unbiased: over all logs that chance could have made, their mean is the true value, whatever the model', () => {
    fc.assert(
      fc.property(world, ({ rewards, propensities, policy, expected }) => {
        const truth =
          rewards.reduce((sum, row, i) => sum + row.reduce((s, r, a) => s + r * policy[i][a], 0), 0) / people;
        let ips = 0;
        let robust = 0;
        for (const [log, probability] of everyLog(rewards, propensities)) {
          const flat = Float64Array.from(policy.flat());
          ips += probability * inversePropensityValue(log, flat).value;
          robust += probability * doublyRobustValue(log, flat, Float64Array.from(expected.flat())).value;
        }
        expect(ips).toBeCloseTo(truth, 6);
        expect(robust).toBeCloseTo(truth, 6);
      }),
      { numRuns: runs(60) },
    );
  });

  it('are exact by the doubly robust estimator when the model is, whatever the propensities are said to be', () => {
    fc.assert(
      fc.property(world, fc.nat(arms.length ** people - 1), ({ rewards, propensities, policy }, draw) => {
        const [log] = [...everyLog(rewards, propensities)][draw];
        const truth =
          rewards.reduce((sum, row, i) => sum + row.reduce((s, r, a) => s + r * policy[i][a], 0), 0) / people;
        const { value } = doublyRobustValue(log, Float64Array.from(policy.flat()), Float64Array.from(rewards.flat()));
        expect(value).toBeCloseTo(truth, 9);
      }),
      { numRuns: runs(100) },
    );
  });
});
