import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { assignArm } from '../../../services/core/uplift/assign-arm.ts';
import { effectOf } from '../../../services/core/uplift/effect.ts';
import { addOutcome, noOutcomes, type OutcomeSums } from '../../../services/core/uplift/outcome-sums.ts';
import { sampleRatio } from '../../../services/core/uplift/sample-ratio.ts';
import { nodeDigest } from '../../../services/platform/crypto/node-digest.ts';
import { runs } from '../../support/property-runs.ts';

/** A stream of numbers in [0, 1) from a name, the same in every run. */
function uniform(name: string): () => number {
  let count = 0;
  return () =>
    createHash('sha256')
      .update(`${name}:${(count += 1)}`)
      .digest()
      .readUIntBE(0, 6) /
    2 ** 48;
}

interface Trial {
  readonly holdoutShare: number;
  readonly customers: number;
  readonly churnTreated: number;
  readonly churnHoldout: number;
}

/** One playbook's life: arms by hash, churn by chance; `looks` are the intervals seen on the way. */
function simulate(name: string, { holdoutShare, customers, churnTreated, churnHoldout }: Trial) {
  const draw = uniform(name);
  let treated: OutcomeSums = noOutcomes;
  let holdout: OutcomeSums = noOutcomes;
  let isAlwaysCovered = true;
  const truth = churnTreated - churnHoldout;
  for (let i = 0; i < customers; i += 1) {
    const surrogate = createHash('sha256').update(`${name}:${i}`).digest('hex').slice(0, 32);
    const arm = assignArm(nodeDigest, { tenant: 't', playbook: name, surrogate }, holdoutShare);
    const churned = draw() < (arm === 'treated' ? churnTreated : churnHoldout) ? 1 : 0;
    if (arm === 'treated') treated = addOutcome(treated, churned);
    else holdout = addOutcome(holdout, churned);
    if (i % 50 !== 49) continue;
    const look = effectOf([{ treated, holdout }]);
    if (look !== null && (look.alwaysLow > truth || look.alwaysHigh < truth)) isAlwaysCovered = false;
  }
  const effect = effectOf([{ treated, holdout }]);
  if (effect === null) throw new Error('the trial is too small');
  return { isCovered: effect.low <= truth && truth <= effect.high, isAlwaysCovered, effect };
}

const threePoints: Trial = { holdoutShare: 0.2, customers: 2000, churnTreated: 0.27, churnHoldout: 0.3 };
const factor = Number(process.env['PROVE_FACTOR'] ?? '1');

describe('the effect of a playbook', () => {
  it('lies in its interval in at least 93 % of the runs, and in the one for any number of looks at every look', () => {
    const count = Math.max(60, Math.min(500, 60 * factor));
    const trials = Array.from({ length: count }, (_, i) => simulate(`trial-${i}`, threePoints));
    const covered = trials.filter(({ isCovered }) => isCovered).length / count;
    const always = trials.filter(({ isAlwaysCovered }) => isAlwaysCovered).length / count;
    expect(covered).toBeGreaterThanOrEqual(0.93);
    expect(always).toBeGreaterThanOrEqual(0.93);
  });

  it('does not depend on the order of outcomes, and is exact for amounts whose squares a double cannot hold', () => {
    const amounts = fc.array(fc.integer({ min: -(2 ** 45), max: 2 ** 45 }), { minLength: 2, maxLength: 30 });
    fc.assert(
      fc.property(amounts, (outcomes) => {
        const forwards = outcomes.reduce(addOutcome, noOutcomes);
        const backwards = outcomes.toReversed().reduce(addOutcome, noOutcomes);
        expect(backwards).toEqual(forwards);
      }),
      { numRuns: runs(200) },
    );
  });
});

const surrogates = fc
  .array(fc.nat(15), { minLength: 32, maxLength: 32 })
  .map((digits) => digits.map((digit) => digit.toString(16)).join(''));

describe('the arms', () => {
  it('never flip, and a larger holdout only takes customers in', () => {
    fc.assert(
      fc.property(surrogates, fc.double({ min: 0, max: 1, noNaN: true }), (surrogate, share) => {
        const identity = { tenant: 't', playbook: 'p', surrogate };
        const arm = assignArm(nodeDigest, identity, share);
        expect(assignArm(nodeDigest, identity, share)).toBe(arm);
        if (arm === 'holdout') expect(assignArm(nodeDigest, identity, Math.min(1, share + 0.1))).toBe('holdout');
      }),
      { numRuns: runs(200) },
    );
  });

  it('have the share asked for: no alarm, while 55 to 45 where 50 to 50 was meant gives one', () => {
    const arms = Array.from({ length: 5000 }, (_, i) =>
      assignArm(nodeDigest, { tenant: 't', playbook: 'p', surrogate: String(i).padStart(32, '0') }, 0.5),
    );
    const holdout = arms.filter((arm) => arm === 'holdout').length;
    expect(sampleRatio([{ treated: 5000 - holdout, holdout, holdoutShare: 0.5 }]).isMismatch).toBe(false);
    expect(sampleRatio([{ treated: 2750, holdout: 2250, holdoutShare: 0.5 }]).isMismatch).toBe(true);
  });
});
