import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CellName } from '../../../services/core/kpis/cells.ts';
import { csatShare } from '../../../services/core/kpis/definitions/csat-share.ts';
import { compareKpi } from '../../../services/core/kpis/evaluation/compare-kpi.ts';
import {
  type Interval,
  netScoreDifference,
  shareDifference,
} from '../../../services/core/kpis/evaluation/difference-interval.ts';
import { freezeKpi } from '../../../services/core/kpis/evaluation/frozen-kpi.ts';
import { add, cell, divide, evaluate, multiply, number, subtract } from '../../../services/core/kpis/expression.ts';
import type { KpiDefinition } from '../../../services/core/kpis/kpi-definition.ts';
import { heldCells } from '../../support/held-cells.ts';
import { runs } from '../../support/property-runs.ts';

/** A stream of numbers in [0, 1) from a name, the same in every run. */
function uniform(name: string): () => number {
  let count = 0;
  return () => createHash('sha256').update(`${name}:${(count += 1)}`).digest().readUIntBE(0, 6) / 2 ** 48; // prettier-ignore
}

function coverage(trials: number, truth: number, one: (trial: number) => Interval | null): number {
  let covered = 0;
  for (let trial = 0; trial < trials; trial += 1) {
    const interval = one(trial);
    if (interval !== null && interval.low <= truth && truth <= interval.high) covered += 1;
  }
  return covered / trials;
}

function drawShare(chance: () => number, whole: number, probability: number) {
  let part = 0;
  for (let i = 0; i < whole; i += 1) if (chance() < probability) part += 1;
  return { part, whole };
}

describe('the interval of a difference', () => {
  it.each([
    { was: 0.75, is: 0.8, before: 80, after: 120 },
    { was: 0.04, is: 0.02, before: 150, after: 150 },
    { was: 0.95, is: 0.99, before: 40, after: 60 },
  ])('of shares holds the truth about 95 times in 100: $was, then $is', ({ was, is, before, after }) => {
    const chance = uniform(`share ${was}`);
    const share = coverage(1500, is - was, () =>
      shareDifference(drawShare(chance, before, was), drawShare(chance, after, is)),
    );
    // 1500 trials at 95 % lie within 1.7 points 99.7 times in 100; Newcombe's interval is a little wide at the ends
    expect(share).toBeGreaterThan(0.93);
    expect(share).toBeLessThanOrEqual(0.99);
  });

  it('of net scores holds the truth about 95 times in 100', () => {
    const chance = uniform('net score');
    const draw = (whole: number, up: number, down: number) => {
      const answers = Array.from({ length: whole }, chance);
      return { up: answers.filter((x) => x < up).length, down: answers.filter((x) => x > 1 - down).length, whole };
    };
    const share = coverage(1500, 10, () => netScoreDifference(draw(100, 0.4, 0.2), draw(140, 0.45, 0.15)));
    expect(share).toBeGreaterThan(0.93);
    expect(share).toBeLessThanOrEqual(0.98);
  });

  it('lies within what a difference can be, round the difference, and turns round with its sides', () => {
    const shares = fc
      .tuple(fc.nat(500), fc.integer({ min: 1, max: 500 }))
      .map(([part, whole]) => ({ part: Math.min(part, whole), whole }));
    fc.assert(
      fc.property(shares, shares, (before, after) => {
        const { low, high } = shareDifference(before, after)!;
        const difference = after.part / after.whole - before.part / before.whole;
        expect(low).toBeLessThanOrEqual(difference + 1e-12);
        expect(high).toBeGreaterThanOrEqual(difference - 1e-12);
        expect(low).toBeGreaterThanOrEqual(-1 - 1e-12);
        expect(high).toBeLessThanOrEqual(1 + 1e-12);
        const turned = shareDifference(after, before)!;
        expect(turned.low).toBeCloseTo(-high, 12);
        expect(turned.high).toBeCloseTo(-low, 12);
      }),
      { numRuns: runs(200) },
    );
  });
});

const entryOf = (definition: KpiDefinition) => ({
  definition, formula: definition.formula, dimensions: [], weight: 0, target: null, owners: [], industry: null,
}); // prettier-ignore

function compare(definition: KpiDefinition, before: Partial<Record<CellName, number>>, after: typeof before) {
  return compareKpi(freezeKpi(entryOf(definition), heldCells(before))!, heldCells(after));
}

describe('a KPI before and after', () => {
  it('has its frozen value again from the cells frozen with it', () => {
    const formulas = fc.constantFrom(
      csatShare.formula,
      divide(subtract(cell('customers'), number(3)), cell('orders')),
      add(multiply(cell('lapsed_entries'), number(2)), { op: 'opening', cell: 'customers' }),
    );
    const count = fc.nat(1000);
    fc.assert(
      fc.property(formulas, count, count, count, (formula, a, b, c) => {
        const held = heldCells({ csat_answers: a, csat_satisfied: b, customers: a, orders: c, lapsed_entries: b }, { customers: c });
        const frozen = freezeKpi(entryOf({ ...csatShare, formula }), held)!;
        const thawed = JSON.parse(JSON.stringify(frozen)) as typeof frozen;
        expect(thawed.value).toBe(evaluate(formula, held));
        expect(compareKpi(thawed, held).difference).toBe(frozen.value === null ? null : 0);
      }),
      { numRuns: runs(200) },
    ); // prettier-ignore
  });

  it('says better or worse only beyond what chance allows', () => {
    const much = compare(csatShare, { csat_answers: 1000, csat_satisfied: 700 }, { csat_answers: 1000, csat_satisfied: 800 }); // prettier-ignore
    expect(much).toMatchObject({ verdict: 'better', noInterval: null });
    const little = compare(csatShare, { csat_answers: 10, csat_satisfied: 7 }, { csat_answers: 10, csat_satisfied: 8 });
    expect(little.verdict).toBe('open');
  });

  it.each([
    ['a mean', { ...csatShare, formula: divide(cell('csat_points'), cell('csat_answers')), unit: 'index' as const }, 'no-variance'],
    ['a stock', { ...csatShare, formula: divide(cell('lapsed_entries'), cell('customers')) }, 'no-variance'],
    ['things that happened by customers', { ...csatShare, formula: divide(cell('complaints_opened'), cell('active_customers')) }, 'no-variance'],
    ['a part larger than its whole', { ...csatShare, formula: divide(cell('offers_accepted'), cell('offers_shown')) }, 'not-a-part'],
  ])('has no interval where there can be none: %s', (_, definition, reason) => {
    const held = { csat_points: 900, csat_answers: 10, lapsed_entries: 3, customers: 9, offers_accepted: 5, offers_shown: 4, complaints_opened: 1, active_customers: 7 } as const;
    expect(compare(definition, held, held)).toMatchObject({ interval: null, noInterval: reason, verdict: null, difference: 0 });
  }); // prettier-ignore

  it('says so when there is no value, too few answers, or a cell that is not counted any more', () => {
    expect(compare(csatShare, {}, { csat_answers: 1 }).noInterval).toBe('no-value');
    const nps: KpiDefinition = {
      ...csatShare,
      unit: 'net-score',
      formula: divide(multiply(number(100), subtract(cell('nps_promoters'), cell('nps_detractors'))), cell('nps_answers')),
    }; // prettier-ignore
    const few = { nps_answers: 29, nps_promoters: 10, nps_detractors: 2 };
    expect(compare(nps, few, few).noInterval).toBe('too-few');
    const enough = { ...few, nps_answers: 30 };
    expect(compare(nps, enough, enough)).toMatchObject({ noInterval: null, verdict: 'open' });
    const gone = { ...csatShare, formula: { op: 'cell' as const, cell: 'retired_cell' as CellName } };
    const frozen = { ...freezeKpi(entryOf(csatShare), heldCells({ csat_answers: 1 }))!, formula: gone.formula };
    expect(compareKpi(frozen, heldCells({}))).toMatchObject({ noInterval: 'unknown-cell', difference: null });
  });
});
