import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createClosedForm, type ClosedFormParameters } from '../../../services/core/btyd/closed-form.ts';
import { createValuer, type ValuerSource } from '../../../services/core/value/create-valuer.ts';
import type { ValueSettings } from '../../../services/core/value/value-settings.ts';
import { runs } from '../../support/property-runs.ts';
import { seededChance } from '../../support/simulate-purchases.ts';
import { closedFormFeatures, simulateSpender, type BgNbdWorld } from '../../support/simulate-spending.ts';

const settings: ValueSettings = { margin: 1, discountRate: 0, horizonDays: 365, coverage: 0.8, drift: 0 };
/** Parameters as they were fitted to a retailer, and to a shop of many customers who buy once. */
const worlds: Readonly<Record<string, BgNbdWorld>> = {
  retailer: {
    model: 'bg-nbd',
    purchases: { r: 0.64, alpha: 62, a: 0.17, b: 2.7 },
    spend: { p: 2.5, q: 3.5, gamma: 390 },
  },
  'shop of one-time buyers': {
    model: 'bg-nbd',
    purchases: { r: 0.24, alpha: 31, a: 0.79, b: 2.4 },
    spend: { p: 6.3, q: 3.7, gamma: 15 },
  },
};

interface Count {
  customers: number;
  inside: number;
}

/** Of simulated customers whose further life is known: how often the interval held it, and the sums. */
function measure(world: BgNbdWorld, asked: ValueSettings, customers: number) {
  const chance = seededChance(11);
  const closedForm = createClosedForm(world, 90, closedFormFeatures);
  const valuer = createValuer({ parameters: world, nearDays: 90, seasonFactor: 1 }, asked, closedFormFeatures);
  const out = new Float64Array(4);
  const groups = { plain: { customers: 0, inside: 0 }, lost: { customers: 0, inside: 0 } };
  let expected = 0;
  let real = 0;
  for (let i = 0; i < customers; i++) {
    const days = 30 + Math.floor(chance() * 600);
    const { raw, future } = simulateSpender(chance, world, { days, horizonDays: asked.horizonDays });
    closedForm(raw, 0, out, 0);
    const { mean, low, high } = valuer(raw, 0, { silent: 1 - out[2], spend: out[3] });
    const truth = future.reduce(
      (sum, { day, amount }) => sum + asked.margin * amount * (1 + asked.discountRate) ** (-day / 365.25),
      0,
    );
    // whose interval had to be stretched to hold the mean is not meant to be held with `coverage` only
    const group = high === mean ? groups.lost : groups.plain;
    group.customers += 1;
    if (truth >= low && truth <= high) group.inside += 1;
    expected += mean;
    real += truth;
  }
  return { ...groups, bias: expected / real - 1 };
}

/** Half width of the 99.9 % binomial interval of a share. */
function margin999({ customers }: Count, share: number): number {
  return 3.29 * Math.sqrt((share * (1 - share)) / customers);
}

describe('lifetime value of simulated customers whose further life is known', () => {
  it.each(Object.keys(worlds))('of a %s lies within the interval as often as was asked for', (name) => {
    for (const coverage of [0.8, 0.9]) {
      const { plain, lost } = measure(worlds[name], { ...settings, coverage }, 2_000);
      expect(Math.abs(plain.inside / plain.customers - coverage)).toBeLessThan(margin999(plain, coverage));
      expect(lost.inside).toBeGreaterThanOrEqual(coverage * lost.customers);
    }
  });

  it.each(Object.keys(worlds))('of a %s is right in sum, with margin and discount', (name) => {
    const asked = { ...settings, margin: 0.35, discountRate: 0.15, horizonDays: 913 };
    expect(Math.abs(measure(worlds[name], asked, 20_000).bias)).toBeLessThan(0.06);
  });
});

const logOf = (low: number, high: number) =>
  fc.double({ min: Math.log(low), max: Math.log(high), noNaN: true }).map(Math.exp);
const anyWorld: fc.Arbitrary<ClosedFormParameters> = fc
  .record({
    model: fc.constantFrom('bg-nbd', 'mbg-nbd', 'pareto-nbd'),
    shapes: fc.record({ r: logOf(1e-3, 1e3), a: logOf(1e-3, 1e3), b: logOf(1e-3, 1e3), s: logOf(1e-3, 1e3) }),
    scales: fc.record({ alpha: logOf(0.5, 1e5), beta: logOf(0.5, 1e5) }),
    spend: fc.record({ p: logOf(1e-2, 1e3), q: logOf(1.01, 1e3), gamma: logOf(1e-3, 1e7) }),
  })
  .map(({ model, shapes, scales, spend }) => ({ model, purchases: { ...shapes, ...scales }, spend }));
const anyCustomer = fc
  .record({ x: fc.oneof(fc.nat(3), fc.nat(700)), T: fc.nat(1500), share: fc.double({ min: 0, max: 1, noNaN: true }) })
  .map(({ x, T, share }) => Float64Array.of(x + 1, T + 1 - (x === 0 ? 0 : Math.floor(share * T)), T + 1, 80));
const anySettings: fc.Arbitrary<ValueSettings> = fc.record({
  margin: logOf(0.01, 1),
  discountRate: fc.double({ min: 0, max: 1, noNaN: true }),
  horizonDays: fc.integer({ min: 90, max: 3650 }),
  coverage: fc.double({ min: 0.5, max: 0.99, noNaN: true }),
  drift: fc.double({ min: 0, max: 2, noNaN: true }),
});
const anyNear = fc.record({
  silent: fc.double({ min: 0, max: 1, noNaN: true }),
  spend: fc.oneof(fc.constant(0), logOf(1e-3, 1e6)),
});

describe('lifetime value of any customer, under any parameters a fit can end at', () => {
  const valueOf = (world: ValuerSource['parameters'], asked: ValueSettings, raw: Float64Array, near: { silent: number; spend: number }) =>
    createValuer({ parameters: world, nearDays: 90, seasonFactor: 1.3 }, asked, closedFormFeatures)(raw, 0, near); // prettier-ignore

  it('is finite, with the mean inside the interval', () => {
    fc.assert(
      fc.property(anyWorld, anySettings, anyCustomer, anyNear, (world, asked, raw, near) => {
        const { mean, low, high } = valueOf(world, asked, raw, near);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(mean).toBeGreaterThanOrEqual(low);
        expect(high).toBeGreaterThanOrEqual(mean);
        expect(high).toBeLessThan(Infinity);
      }),
      { numRuns: runs(300) },
    );
  });

  it('grows with margin and horizon, falls with the discount, and its mean does not depend on the interval', () => {
    fc.assert(
      fc.property(anyWorld, anySettings, anyCustomer, anyNear, (world, asked, raw, near) => {
        const { mean } = valueOf(world, asked, raw, near);
        const changed = (change: Partial<ValueSettings>) => valueOf(world, { ...asked, ...change }, raw, near);
        // the series are right to 1e-5
        const slack = 1e-4 * mean;
        expect(Math.abs(changed({ margin: asked.margin / 2 }).mean - mean / 2)).toBeLessThanOrEqual(slack);
        expect(changed({ horizonDays: asked.horizonDays + 30 }).mean).toBeGreaterThanOrEqual(mean - slack);
        expect(changed({ discountRate: asked.discountRate + 0.1 }).mean).toBeLessThanOrEqual(mean + slack);
        expect(changed({ drift: asked.drift + 1, coverage: 0.7 }).mean).toBe(mean);
      }),
      { numRuns: runs(150) },
    );
  });
});
