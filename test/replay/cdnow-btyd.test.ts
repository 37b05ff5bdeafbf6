import { describe, expect, it } from 'vitest';
import { fitGammaGamma } from '../../models/btyd/fit-gamma-gamma.ts';
import { fitPurchases } from '../../models/btyd/fit-purchases.ts';
import { bgNbd } from '../../services/core/btyd/bg-nbd.ts';
import { expectedSpendPerPurchase } from '../../services/core/btyd/gamma-gamma.ts';
import { paretoNbd } from '../../services/core/btyd/pareto-nbd.ts';
import { hasCdnow, readCdnowReference } from '../support/cdnow.ts';

const rows = hasCdnow ? readCdnowReference() : [];
const summaries = rows.map((row) => ({ x: row['x'], tx: row['t_x'], T: row['T_cal'] }));
const weeks = 39;

function must<T extends { fitted: boolean }>(fit: T): Extract<T, { fitted: true }> {
  if (!fit.fitted) throw new Error(JSON.stringify(fit));
  return fit as Extract<T, { fitted: true }>;
}

/** Largest difference between a column and what is predicted instead. */
function worst(column: string, predict: (index: number) => number): number {
  return Math.max(...rows.map((row, i) => Math.abs(predict(i) - row[column])));
}

describe.skipIf(!hasCdnow)('on the CDNOW sample, fitted here (needs ../shared/data)', () => {
  it('BG/NBD has the published parameters and the reference predictions to 1e-4', () => {
    expect(rows).toHaveLength(2357);
    const { parameters, logLikelihood, isDropoutSeen, atBounds } = must(fitPurchases('bg-nbd', summaries));
    expect(parameters.r).toBeCloseTo(0.2426, 4);
    expect(parameters.alpha).toBeCloseTo(4.4136, 4);
    expect(parameters.a).toBeCloseTo(0.7929, 4);
    expect(parameters.b).toBeCloseTo(2.4259, 4);
    expect(logLikelihood).toBeCloseTo(-9582.4, 1);
    expect({ isDropoutSeen, atBounds }).toEqual({ isDropoutSeen: true, atBounds: [] });
    expect(worst('bgnbd_E39', (i) => bgNbd.expectedPurchases(parameters, summaries[i], weeks))).toBeLessThan(1e-4);
    expect(worst('bgnbd_palive', (i) => bgNbd.alive(parameters, summaries[i]))).toBeLessThan(1e-4);
  });

  it('Pareto/NBD has the published parameters and the reference predictions to 1e-4', () => {
    const { parameters, logLikelihood } = must(fitPurchases('pareto-nbd', summaries));
    expect(parameters.r).toBeCloseTo(0.5533, 4);
    expect(parameters.alpha).toBeCloseTo(10.578, 3);
    expect(parameters.s).toBeCloseTo(0.6062, 4);
    expect(parameters.beta).toBeCloseTo(11.669, 3);
    expect(logLikelihood).toBeCloseTo(-9595, 1);
    const expected = (i: number): number => paretoNbd.expectedPurchases(parameters, summaries[i], weeks);
    expect(worst('paretonbd_E39', expected)).toBeLessThan(1e-4);
    expect(worst('paretonbd_palive', (i) => paretoNbd.alive(parameters, summaries[i]))).toBeLessThan(1e-4);
  });

  it('MBG/NBD fits better than BG/NBD', () => {
    const { logLikelihood } = must(fitPurchases('mbg-nbd', summaries));
    expect(logLikelihood).toBeGreaterThan(-9582.4);
    expect(logLikelihood).toBeLessThan(-9582);
  });

  it('Gamma-Gamma has the published parameters and the reference spend to 1e-4 of it', () => {
    const spend = rows.map((row) => ({ purchases: row['x'], mean: row['mean_repeat_spend'] }));
    const { parameters, customers } = must(fitGammaGamma(spend));
    expect(customers).toBe(946);
    expect(parameters.p).toBeCloseTo(6.25, 2);
    expect(parameters.q).toBeCloseTo(3.744, 3);
    expect(parameters.gamma).toBeCloseTo(15.444, 2);
    rows.forEach((row, i) => {
      const { purchases, mean } = spend[i];
      const expected = expectedSpendPerPurchase(parameters, mean > 0 ? purchases : 0, mean);
      expect(Math.abs(expected / row['gg_mean_spend'] - 1)).toBeLessThan(1e-4);
    });
  });
});
