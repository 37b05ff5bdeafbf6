import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { purchaseModelOf } from '../../../services/core/btyd/purchase-model-of.ts';
import type { PurchaseModel } from '../../../services/core/btyd/purchase-model.ts';
import { bgNbd } from '../../../services/core/btyd/bg-nbd.ts';
import { runs } from '../../support/property-runs.ts';
import { drawGamma, seededChance, simulateBgNbd, summarise } from '../../support/simulate-purchases.ts';

const models = ['bg-nbd', 'mbg-nbd', 'pareto-nbd'] as const;
/** Any parameter a fit can end at, time in days. */
const logOf = (low: number, high: number) =>
  fc.double({ min: Math.log(low), max: Math.log(high), noNaN: true }).map(Math.exp);
const parameters = fc.record({
  r: logOf(1e-3, 1e3),
  alpha: logOf(0.5, 1e5),
  a: logOf(1e-3, 1e3),
  b: logOf(1e-3, 1e3),
  s: logOf(1e-3, 1e3),
  beta: logOf(0.5, 1e5),
});
const customers = fc
  .record({ x: fc.oneof(fc.nat(3), fc.nat(700)), T: fc.nat(1500), share: fc.double({ min: 0, max: 1, noNaN: true }) })
  .map(({ x, T, share }) => ({ x, T, tx: x === 0 ? 0 : share * T }));
const horizon = fc.integer({ min: 1, max: 365 });

describe('predictions of every buy-till-you-die model', () => {
  it.each(models)('of %s are probabilities, and grow with the horizon', (name) => {
    const model = purchaseModelOf(name) as PurchaseModel<unknown>;
    fc.assert(
      fc.property(parameters, customers, horizon, horizon, (fitted, customer, one, other) => {
        const alive = model.alive(fitted, customer);
        const [short, long] = one < other ? [one, other] : [other, one];
        const active = [short, long].map((days) => model.active(fitted, customer, days));
        const expected = [short, long].map((days) => model.expectedPurchases(fitted, customer, days));
        expect(alive).toBeGreaterThanOrEqual(0);
        expect(alive).toBeLessThanOrEqual(1);
        expect(active[0]).toBeGreaterThanOrEqual(0);
        expect(active[1]).toBeGreaterThanOrEqual(active[0] - 1e-9);
        expect(active[1]).toBeLessThanOrEqual(alive + 1e-9);
        // At least one purchase is never likelier than purchases are many.
        expect(expected[0]).toBeGreaterThanOrEqual(active[0] * (1 - 1e-6) - 1e-9);
        expect(expected[1]).toBeGreaterThanOrEqual(expected[0] * (1 - 1e-8));
        expect(expected[1]).toBeLessThan(Infinity);
      }),
      { numRuns: runs(200) },
    );
  });

  it('of Pareto/NBD never say more than certain of somebody who bought a moment ago', () => {
    const { alive } = purchaseModelOf('pareto-nbd') as PurchaseModel<unknown>;
    const fitted = { r: 1, alpha: 0.9976344372013776, s: 1, beta: 99999.999999997 };
    expect(alive(fitted, { x: 2, T: 1457, tx: 1456.9999999999993 })).toBe(1);
  });

  it('of BG/NBD are what simulated customers do afterwards', () => {
    const chance = seededChance(19);
    const truth = { r: 0.6, alpha: 25, a: 0.7, b: 2 };
    const sums = { purchases: 0, expected: 0, buyers: 0, active: 0 };
    for (let i = 0; i < 40_000; i++) {
      const times = simulateBgNbd(chance, truth, 240);
      const seen = summarise(times, 150);
      sums.purchases += times.length - seen.x;
      sums.buyers += times.length > seen.x ? 1 : 0;
      sums.expected += bgNbd.expectedPurchases(truth, seen, 90);
      sums.active += bgNbd.active(truth, seen, 90);
    }
    expect(Math.abs(sums.expected / sums.purchases - 1)).toBeLessThan(0.04);
    expect(Math.abs(sums.active / sums.buyers - 1)).toBeLessThan(0.04);
  });

  it('have the second moments of customers drawn from what is known of them', () => {
    const chance = seededChance(23);
    const seen = { x: 4, tx: 150, T: 180 };
    const fitted = { r: 0.6, alpha: 50, a: 0.7, b: 2, s: 1.5, beta: 300 };
    const rateOf = (): number => drawGamma(chance, fitted.r + seen.x) / (fitted.alpha + seen.T);
    /** A chance to drop out after each purchase; MBG/NBD customers have stayed once more. */
    const dropping = (stayed: number): number => {
      const [leaving, staying] = [drawGamma(chance, fitted.a), drawGamma(chance, fitted.b + stayed)];
      const [rate, drop] = [rateOf(), leaving / (leaving + staying)];
      let made = 0;
      for (let time = waitAt(rate); time <= 365; time += waitAt(rate)) {
        made += 1;
        if (chance() < drop) break;
      }
      return made;
    };
    const dying = (): number => {
      const [rate, life] = [rateOf(), waitAt(drawGamma(chance, fitted.s) / (fitted.beta + seen.T))];
      let made = 0;
      for (let time = waitAt(rate); time <= Math.min(365, life); time += waitAt(rate)) made += 1;
      return made;
    };
    const waitAt = (rate: number): number => -Math.log(chance()) / rate;
    const draws = { 'bg-nbd': () => dropping(seen.x), 'mbg-nbd': () => dropping(seen.x + 1), 'pareto-nbd': dying };
    for (const name of models) {
      const model = purchaseModelOf(name) as PurchaseModel<unknown>;
      const sums = { first: 0, second: 0 };
      const customers = 40_000;
      for (let i = 0; i < customers; i++) {
        const made = draws[name]();
        sums.first += made;
        sums.second += made * made;
      }
      expect(Math.abs(model.momentIfAlive(fitted, seen, 365, 1) / (sums.first / customers) - 1)).toBeLessThan(0.02);
      expect(Math.abs(model.momentIfAlive(fitted, seen, 365, 2) / (sums.second / customers) - 1)).toBeLessThan(0.04);
    }
  });
});
