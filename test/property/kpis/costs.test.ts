import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acquisitionCosts } from '../../../services/core/kpis/costs/acquisition-cost.ts';
import { cohortRetention } from '../../../services/core/kpis/costs/cohort-retention.ts';
import { costLedger, spreadSpend } from '../../../services/core/kpis/costs/cost-ledger.ts';
import { playbookCosts } from '../../../services/core/kpis/costs/playbook-costs.ts';
import { heldCells } from '../../support/held-cells.ts';
import { runs } from '../../support/property-runs.ts';

const october = { kind: 'month', index: 681 } as const;
const money = fc.nat(1_000_000);
const group = fc.record({ active_customers: fc.nat(50), treated_cost_minor: money, new_customers: fc.nat(20) });
const spend = fc.record({
  spend_acquisition_minor: money,
  spend_retention_minor: money,
  spend_upkeep_minor: money,
  spend_people_minor: money,
  spend_system_minor: money,
  operating_cost_minor: money,
});

describe('the cost ledger', () => {
  it('gives out every cost once: the groups add up to what was spent on all, when everybody is in one', () => {
    fc.assert(
      fc.property(fc.array(group, { minLength: 1, maxLength: 6 }), spend, (groups, spent) => {
        const sum = (name: keyof (typeof groups)[number]) => groups.reduce((all, of) => all + of[name], 0);
        const whole = heldCells({
          ...spent,
          active_customers: sum('active_customers'),
          treated_cost_minor: sum('treated_cost_minor'),
          new_customers: sum('new_customers'),
        });
        const slices = new Map(groups.map((held, i) => [`g${i}`, heldCells(held)]));
        const [all, ...rows] = costLedger(whole, slices, { periodDays: 30, clvDays: 365 });
        const given = rows.reduce((total, row) => total + row.taskCostMinor + row.spreadCostMinor, 0);
        const upkept = all.activeCustomers === 0 ? all.taskCostMinor : spreadSpend(whole) + all.taskCostMinor;
        expect(given).toBeCloseTo(upkept, 4);
        expect(all.taskCostMinor + all.spreadCostMinor).toBeCloseTo(upkept, 4);
      }),
      { numRuns: runs(200) },
    );
  });

  it('takes acquisition and the upkeep of the horizon from the lifetime value', () => {
    const whole = heldCells({
      clv_minor: 120_000, clv_customers: 10, spend_acquisition_minor: 14_000, new_customers: 2,
      active_customers: 20, spend_upkeep_minor: 2_000, operating_cost_minor: 999_999, treated_cost_minor: 1_000,
    }); // prettier-ignore
    const core = heldCells({ clv_minor: 60_000, clv_customers: 3, active_customers: 4, treated_cost_minor: 800 });
    const [all, group] = costLedger(whole, new Map([['core', core]]), { periodDays: 31, clvDays: 310 });
    expect(all).toMatchObject({
      clvMinor: 12_000,
      cacMinor: 7_000,
      upkeepMinor: 150,
      worthMinor: 12_000 - 7_000 - 1_500,
    });
    expect(group).toMatchObject({
      clvMinor: 20_000,
      cacMinor: 7_000,
      upkeepMinor: (400 + 800) / 4,
      worthMinor: 10_000,
    });
  });

  it('is silent where nothing can be divided', () => {
    const [all] = costLedger(heldCells({ spend_upkeep_minor: 5 }), new Map(), { periodDays: 30, clvDays: 365 });
    expect(all).toMatchObject({ clvMinor: null, cacMinor: null, upkeepMinor: null, worthMinor: null });
  });
});

describe('the cost of acquisition', () => {
  const month = {
    period: october,
    whole: heldCells({ spend_acquisition_minor: 21_000, new_customers: 3 }),
    channels: new Map([
      ['store', heldCells({ new_customers: 1 })],
      ['app', heldCells({ spend_acquisition_minor: 4_000, new_customers: 1 })],
      ['web', heldCells({ spend_acquisition_minor: 12_000, new_customers: 1 })],
      ['social', heldCells({ spend_acquisition_minor: 5_000 })],
      ['phone', heldCells({})],
    ]),
  };

  it('is by channel and in all, with an alert outside the band', () => {
    const rows = acquisitionCosts([month], { least: 5_000, most: 10_000 });
    expect(rows.map(({ channel, costMinor, alert }) => [channel, costMinor, alert])).toEqual([
      [null, 7_000, null],
      ['app', 4_000, 'below'],
      ['social', null, null],
      ['store', 0, null],
      ['web', 12_000, 'above'],
    ]);
  });

  it('warns of nothing without a band', () => {
    expect(acquisitionCosts([month], null).map(({ alert }) => alert)).toEqual([null, null, null, null, null]);
  });
});

describe('the cost of a playbook', () => {
  it('is what its tasks cost and what was spent in its name', () => {
    const cells = heldCells({
      treated_tasks: 10, treated_cost_minor: 500, spend_retention_minor: 1_500, treated_revenue_minor: 40_000,
      holdout_tasks: 2, holdout_revenue_minor: 6_000,
    }); // prettier-ignore
    expect(playbookCosts(new Map([['win-back', cells]]))).toEqual([
      {
        playbook: 'win-back', treatedTasks: 10, taskCostMinor: 500, spendMinor: 1_500, costPerTaskMinor: 200,
        treatedRevenueMinor: 4_000, holdoutRevenueMinor: 3_000,
      },
    ]); // prettier-ignore
  });
});

describe('cohorts', () => {
  it.each([
    [34, 'below'],
    [35, 'within'],
    [45, 'within'],
    [46, 'above'],
  ])('of 6 months are held against 35 to 45 %%: %d of 100 are %s', (retained, verdict) => {
    const [six, twelve] = cohortRetention(heldCells({ cohort6_customers: 100, cohort6_retained: retained }));
    expect(six).toMatchObject({ share: retained / 100, verdict });
    expect(six.low).toBeLessThan(retained / 100);
    expect(six.high).toBeGreaterThan(retained / 100);
    expect(twelve).toMatchObject({ months: 12, share: null, low: null, verdict: null });
  });

  it('of 12 months are held against 20 to 25 %', () => {
    const [, twelve] = cohortRetention(heldCells({ cohort12_customers: 8, cohort12_retained: 2 }));
    expect(twelve).toMatchObject({ share: 0.25, verdict: 'within', band: { least: 0.2, most: 0.25 } });
  });
});
