import { describe, expect, it } from 'vitest';
import { fitPurchases } from '../../../../models/btyd/fit-purchases.ts';
import { bgNbd } from '../../../../services/core/btyd/bg-nbd.ts';
import type { PurchaseSummary } from '../../../../services/core/btyd/purchase-model.ts';
import { purchaseModelOf } from '../../../../services/core/btyd/purchase-model-of.ts';
import { drawGamma, seededChance, simulateBgNbd, summarise } from '../../../support/simulate-purchases.ts';

const models = ['bg-nbd', 'mbg-nbd', 'pareto-nbd'] as const;

function reasonOf(customers: readonly PurchaseSummary[]): string {
  const fit = fitPurchases('bg-nbd', customers);
  return fit.fitted ? 'fitted' : fit.reason;
}

describe('a fit of purchases', () => {
  it('finds the parameters that 5,000 simulated customers were made with', () => {
    const chance = seededChance(7);
    const truth = { r: 0.8, alpha: 30, a: 0.9, b: 3 };
    const customers = Array.from({ length: 5000 }, () => {
      const observed = 100 + 200 * chance();
      return summarise(simulateBgNbd(chance, truth, observed), observed);
    });
    const fit = fitPurchases('bg-nbd', customers);
    if (!fit.fitted) throw new Error(fit.reason);
    expect(fit.isDropoutSeen).toBe(true);
    for (const name of bgNbd.parameterNames) {
      expect(Math.abs(Math.log(fit.parameters[name] / truth[name])), name).toBeLessThan(0.15);
    }
  });

  it('does not depend on the unit of time', () => {
    const chance = seededChance(11);
    const truth = { r: 0.8, alpha: 30, a: 0.9, b: 3 };
    const customers = Array.from({ length: 400 }, () => summarise(simulateBgNbd(chance, truth, 200), 200));
    const days = fitPurchases('bg-nbd', customers);
    const weeks = fitPurchases('bg-nbd', customers.map(({ x, tx, T }) => ({ x, tx: tx / 7, T: T / 7 }))); // prettier-ignore
    if (!days.fitted || !weeks.fitted) throw new Error('both fit');
    const purchases = customers.reduce((sum, { x }) => sum + x, 0);
    expect(weeks.parameters.alpha * 7).toBeCloseTo(days.parameters.alpha, 2);
    expect(weeks.parameters.b).toBeCloseTo(days.parameters.b, 2);
    expect(weeks.logLikelihood - days.logLikelihood).toBeCloseTo(purchases * Math.log(7), 4);
  });

  it.each(models)('of %s stays finite and says so when nobody drops out', (model) => {
    const chance = seededChance(3);
    const customers = Array.from({ length: 800 }, (): PurchaseSummary => {
      const rate = drawGamma(chance, 2) / 30;
      let x = 0;
      let tx = 0;
      for (let time = -Math.log(chance()) / rate; time <= 180; time -= Math.log(chance()) / rate) {
        x += 1;
        tx = time;
      }
      return { x, tx, T: 180 };
    });
    const fit = fitPurchases(model, customers);
    if (!fit.fitted) throw new Error(fit.reason);
    expect(fit.isDropoutSeen).toBe(false);
    const { alive, expectedPurchases } = purchaseModelOf(model);
    for (const customer of customers) {
      expect(alive(fit.parameters as never, customer)).toBeGreaterThan(0.3);
      expect(expectedPurchases(fit.parameters as never, customer, 90)).toBeGreaterThan(0);
    }
  });

  it('is refused with a reason without customers, with one, without repeats and without time', () => {
    const once = { x: 0, tx: 0, T: 100 };
    expect(reasonOf([])).toMatch(/no customers/);
    expect(reasonOf([{ x: 3, tx: 50, T: 100 }])).toMatch(/Only 1 of 1 customers/);
    expect(reasonOf(Array.from({ length: 500 }, () => once))).toMatch(/Only 0 of 500 customers .* longer history/);
    expect(reasonOf(Array.from({ length: 20 }, () => ({ x: 1, tx: 0, T: 0 })))).toMatch(/No time has passed/);
  });

  it.each([
    { x: 1, tx: 5, T: 4 },
    { x: 0, tx: 1, T: 4 },
    { x: 1.5, tx: 1, T: 4 },
    { x: 1, tx: NaN, T: 4 },
    { x: 1, tx: 1, T: Infinity },
  ])('refuses the impossible customer %j', (customer) => {
    expect(() => fitPurchases('bg-nbd', [customer])).toThrow(/Customer 0 of the fit is impossible/);
  });
});
