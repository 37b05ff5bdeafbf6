import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignShares } from '../../../services/core/segments/assign-shares.ts';
import { proposeCutoffs } from '../../../services/core/segments/propose-cutoffs.ts';
import type { ShareScheme } from '../../../services/core/segments/segments-document.ts';
import { runs } from '../../support/property-runs.ts';
import { shippedPlan } from '../../support/segment-plans.ts';

const schemes = Object.entries(shippedPlan.document.schemes).flatMap(([name, rule]) =>
  rule.mode === 'share' ? [{ name, tiers: rule.tiers }] : [],
);
const value = fc.oneof(
  fc.integer({ min: 0, max: 3 }),
  fc.double({ min: 0, max: 1e6, noNaN: true }),
  fc.constant(Number.NaN),
);
const people = (tiers: ShareScheme['tiers']) =>
  fc
    .array(fc.array(value, { minLength: tiers.length, maxLength: tiers.length }), { maxLength: 200 })
    .map((rows) => rows.map((by, i) => ({ id: `c${i}`, by })));

describe.each(schemes)('share mode of $name', ({ tiers }) => {
  it('meets each share within one customer, ties and undefined values included', () => {
    fc.assert(
      fc.property(people(tiers), (customers) => {
        const places = assignShares(tiers, customers);
        tiers.forEach(({ share }, tier) => {
          const count = places.filter((place) => place === tier).length;
          expect(Math.abs(count - share * customers.length)).toBeLessThan(1);
        });
      }),
      { numRuns: runs(60) },
    );
  });

  it('gives nobody a tier while somebody whom it left out ranks higher', () => {
    fc.assert(
      fc.property(people(tiers), (customers) => {
        const places = assignShares(tiers, customers);
        const rank = (i: number, tier: number): number =>
          Number.isNaN(customers[i].by[tier]) ? -Infinity : customers[i].by[tier];
        for (let tier = 0; tier < tiers.length - 1; tier++) {
          const all = places.map((place, i) => ({ place, value: rank(i, tier) }));
          const lowest = Math.min(...all.filter(({ place }) => place === tier).map((each) => each.value));
          const highest = Math.max(...all.filter(({ place }) => place > tier).map((each) => each.value));
          expect(lowest).toBeGreaterThanOrEqual(highest);
        }
      }),
      { numRuns: runs(60) },
    );
  });

  it('does not depend on the order of the customers', () => {
    fc.assert(
      fc.property(people(tiers), fc.nat(), (customers, turn) => {
        const at = customers.length === 0 ? 0 : turn % customers.length;
        const turned = [...customers.slice(at), ...customers.slice(0, at)];
        const tierOf = (list: typeof customers) =>
          Object.fromEntries(assignShares(tiers, list).map((place, i) => [list[i].id, place]));
        expect(tierOf(turned)).toEqual(tierOf(customers));
      }),
      { numRuns: runs(30) },
    );
  });
});

describe('proposed cut-offs', () => {
  const { measures } = shippedPlan;
  const valueAt = measures.indexOf('lifetime_value');
  const daysAt = measures.indexOf('purchase_days_365');

  it('are the quantiles of the customers, to a thousandth', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.01, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 300 }),
        (spends) => {
          const cutoffs = proposeCutoffs({
            plan: shippedPlan,
            tenant: '',
            eachCustomer(visit) {
              const values = new Float64Array(measures.names.length).fill(Number.NaN);
              for (const spend of spends) {
                values[valueAt] = spend;
                visit(values);
              }
            },
          });
          const proposed =
            cutoffs.find(({ scheme, tier }) => scheme === 'value3' && tier === 'high')?.cutoff ?? Number.NaN;
          const sorted = [...spends].sort((a, b) => a - b);
          // DDSketch promises the value at rank floor(q (n - 1)) or its neighbour, whichever way the rank is rounded.
          const rank = 0.8 * (sorted.length - 1);
          const low = sorted[Math.floor(rank)];
          const high = sorted[Math.ceil(rank)];
          expect(proposed).toBeGreaterThanOrEqual(low * 0.9989);
          expect(proposed).toBeLessThanOrEqual(high * 1.0011);
        },
      ),
      { numRuns: runs(100) },
    );
  });

  it('of counts are counts, so that who has just as many is in', () => {
    const cutoffs = proposeCutoffs({
      plan: shippedPlan,
      tenant: 'shop',
      eachCustomer(visit) {
        const values = new Float64Array(measures.names.length).fill(Number.NaN);
        for (let days = 1; days <= 401; days++) {
          values[daysAt] = days;
          visit(values);
        }
      },
    });
    expect(cutoffs).toContainEqual({ scheme: 'shop/retail5', tier: 'often', cutoff: 321 });
    expect(cutoffs).toContainEqual({ scheme: 'shop/retail5', tier: 'fairly_often', cutoff: 201 });
  });

  it('are missing where nobody has a value', () => {
    expect(proposeCutoffs({ plan: shippedPlan, tenant: '', eachCustomer: () => undefined })).toEqual([]);
  });
});
