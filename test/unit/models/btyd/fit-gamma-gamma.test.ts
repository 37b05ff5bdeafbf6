import { describe, expect, it } from 'vitest';
import { fitGammaGamma } from '../../../../models/btyd/fit-gamma-gamma.ts';
import { drawGamma, seededChance } from '../../../support/simulate-purchases.ts';

describe('a fit of spend', () => {
  it('finds the parameters that 5,000 simulated customers were made with', () => {
    const chance = seededChance(5);
    const customers = Array.from({ length: 5000 }, () => {
      const purchases = 1 + Math.floor(chance() * 8);
      const scale = drawGamma(chance, 4) / 15;
      return { purchases, mean: drawGamma(chance, 6 * purchases) / scale / purchases };
    });
    const fit = fitGammaGamma(customers);
    if (!fit.fitted) throw new Error(fit.reason);
    expect(fit.atBounds).toEqual([]);
    expect(Math.abs(Math.log(fit.parameters.p / 6))).toBeLessThan(0.15);
    expect(Math.abs(Math.log(fit.parameters.q / 4))).toBeLessThan(0.15);
    expect(Math.abs(Math.log(fit.parameters.gamma / 15))).toBeLessThan(0.3);
  });

  it('leaves out who spent nothing, and is refused when too few are left', () => {
    const fit = fitGammaGamma([{ purchases: 0, mean: 0 }, { purchases: 3, mean: 0 }, { purchases: 1, mean: 5 }]); // prettier-ignore
    expect(fit).toEqual({ fitted: false, reason: expect.stringMatching(/Only 1 customers spent something/) });
  });

  it('keeps the parameters finite when everybody spends the same', () => {
    const fit = fitGammaGamma(Array.from({ length: 50 }, (_, i) => ({ purchases: 1 + (i % 3), mean: 20 })));
    if (!fit.fitted) throw new Error(fit.reason);
    const { p, q, gamma } = fit.parameters;
    expect(Math.abs((p * gamma) / (q - 1) / 20 - 1)).toBeLessThan(0.01);
    expect(fit.atBounds).not.toEqual([]);
  });

  it('refuses a mean that is no number', () => {
    expect(() => fitGammaGamma([{ purchases: 2, mean: NaN }])).toThrow(/must be numbers/);
  });
});
