import { describe, expect, it } from 'vitest';
import { fitShiftedBetaGeometric, type RenewalCount } from '../../../../models/btyd/fit-shifted-beta-geometric.ts';
import { shiftedBetaGeometric } from '../../../../services/core/btyd/shifted-beta-geometric.ts';

/** Survivors of 1,000 customers in the years 0 to 7 that the paper fits (Fader and Hardie 2007, table 1). */
const highEnd = [1000, 869, 743, 653, 593, 551, 517, 491];
const regular = [1000, 631, 468, 382, 326, 289, 262, 241];

function renewalsOf(survivors: readonly number[]): RenewalCount[] {
  return survivors.slice(0, -1).map((due, renewal) => ({ renewal, due, left: due - survivors[renewal + 1] }));
}

describe('sBG', () => {
  it.each([
    ['high end', highEnd, 0.668, 3.806],
    ['regular', regular, 0.704, 1.182],
  ] as const)('has the published parameters on the %s customers', (...given) => {
    const [, survivors, alpha, beta] = given;
    const fit = fitShiftedBetaGeometric(renewalsOf(survivors));
    if (!fit.fitted) throw new Error(fit.reason);
    expect(fit.parameters.alpha).toBeCloseTo(alpha, 3);
    expect(fit.parameters.beta).toBeCloseTo(beta, 3);
    expect(fit.customers).toBe(1000);
    const fitted = survivors.map((_, year) => 1000 * shiftedBetaGeometric.survival(fit.parameters, year));
    survivors.forEach((count, year) => expect(Math.abs(fitted[year] - count)).toBeLessThan(20));
  });

  it('has the residual lifetime that the sum over its survival gives', () => {
    const parameters = { alpha: 0.668, beta: 3.806 };
    for (const renewals of [0, 1, 5, 40]) {
      let sum = 0;
      for (let t = 0; t < 2000; t++) {
        const share = shiftedBetaGeometric.survival(parameters, renewals + 1 + t);
        sum += share / shiftedBetaGeometric.survival(parameters, renewals) / 1.1 ** t;
      }
      expect(shiftedBetaGeometric.residualLifetime(parameters, renewals, 0.1)).toBeCloseTo(sum, 8);
    }
  });

  it('is refused when all stayed, all left, or one age only was seen', () => {
    const cases: RenewalCount[][] = [
      [],
      [{ renewal: 0, due: 10, left: 0 }, { renewal: 1, due: 10, left: 0 }],
      [{ renewal: 0, due: 10, left: 10 }],
      [{ renewal: 0, due: 10, left: 3 }],
    ]; // prettier-ignore
    for (const counts of cases) expect(fitShiftedBetaGeometric(counts).fitted).toBe(false);
    expect(() => fitShiftedBetaGeometric([{ renewal: 0, due: 1, left: 2 }])).toThrow(/cannot be/);
  });
});
