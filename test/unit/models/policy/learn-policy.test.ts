import { describe, expect, it } from 'vitest';
import { chooseArm } from '../../../../services/core/actions/choose-arm.ts';
import { learnPolicy } from '../../../../models/policy/learn-policy.ts';
import { judgeUplift } from '../../../../models/policy/judge-uplift.ts';
import type { LoggedExperiment } from '../../../../models/policy/logged-experiment.ts';
import { anExperiment } from '../../../support/an-experiment.ts';
import { simulateExperiment } from '../../../support/simulated-experiment.ts';

const context = ['age', 'channel'];

function simulated(slope: number): LoggedExperiment {
  const rows = simulateExperiment(3000, slope, 7);
  return {
    log: anExperiment(['call', 'mail', 'none'], rows),
    customers: rows.map(({ id }) => id),
    context: rows.map(({ age, channel }) => [String(age), channel]),
  };
}

const learn = (experiment: LoggedExperiment) =>
  learnPolicy(experiment, { context, folds: 3, foldDone: () => undefined });

describe('the policy learner', () => {
  it('tells customers apart where that pays, and says by how much', () => {
    const experiment = simulated(0.1);
    const { perCustomer, gain, bestArm, judged, values } = learn(experiment);
    // the best arm for all earns 1.5 + 1; mail to those above 40, call to the others 1.5 + 1 + E[.1 (age - 40)+] = +.512
    expect(gain.low).toBeGreaterThan(0.3);
    expect(gain.low).toBeLessThan(0.512);
    expect(gain.high).toBeGreaterThan(0.512);
    expect(judged.map(({ name }) => name)).toEqual(['call', 'mail', 'none', 'per customer']);
    const policy = { ...aDocument, bestArm: experiment.log.arms[bestArm], perCustomer };
    expect(chooseArm(policy, ['58', 'web']).arm).toBe('mail');
    expect(chooseArm(policy, ['22', 'shop']).arm).toBe('call');
    const score = Float64Array.from(experiment.log.arm, (_, i) => values[i * 3 + 1] - values[i * 3]);
    const { qini } = judgeUplift(experiment.log, { treated: 1, control: 0 }, score, { resamples: 50, seed: 1 });
    expect(qini.low).toBeGreaterThan(0);
    expect(qini.low).toBeLessThanOrEqual(qini.value);
    expect(qini.high).toBeGreaterThanOrEqual(qini.value);
  });

  it('treats all alike where the effect is the same for everybody', () => {
    const { perCustomer, gain, judged } = learn(simulated(0));
    expect(perCustomer).toBeNull();
    expect(gain.low).toBeLessThanOrEqual(0);
    const [call, mail, none] = judged;
    for (const { dr } of [call, mail]) expect(dr.value).toBeGreaterThan(none.dr.high);
    // none earns 1.5 for all, although it was given to those of the shop twice as often
    expect(none.dr.low).toBeLessThan(1.5);
    expect(none.dr.high).toBeGreaterThan(1.5);
  });

  it('learns the same again from the same log', () => {
    const [first, second] = [learn(simulated(0.1)), learn(simulated(0.1))];
    expect(second).toEqual(first);
  });
});

const aDocument = {
  format: 1 as const,
  arms: ['call', 'mail', 'none'],
  context,
  learnt: { source: 'a.csv', rows: 1, customers: 1, reward: 'reward', propensity: 'propensity', folds: 3 },
  judged: [],
  gain: { value: 0, standardError: 0, low: 0, high: 0 },
};
