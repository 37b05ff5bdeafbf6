import { describe, expect, it } from 'vitest';
import type { CellName } from '../../../../services/core/kpis/cells.ts';
import { csatShare } from '../../../../services/core/kpis/definitions/csat-share.ts';
import { cell, divide, multiply, number, type CellReader } from '../../../../services/core/kpis/expression.ts';
import type { KpiDefinition } from '../../../../services/core/kpis/kpi-definition.ts';
import type { KpiTarget } from '../../../../services/core/kpis/kpi-target.ts';
import { parsePeriod, periodName } from '../../../../services/core/kpis/period.ts';
import { makeScorecard, type ScorecardRequest } from '../../../../services/core/kpis/scorecard/make-scorecard.ts';
import { periodBefore, periodYearBefore } from '../../../../services/core/kpis/scorecard/neighbour-periods.ts';
import type { ScorecardEntry } from '../../../../services/core/kpis/scorecard/scorecard-entry.ts';
import { scorecardJsonSchema } from '../../../../services/core/kpis/scorecard/scorecard-json-schema.ts';
import { scorecardToJson } from '../../../../services/core/kpis/scorecard/scorecard-to-json.ts';
import { targetOf } from '../../../support/scorecard-arbitraries.ts';

const csatIndex: KpiDefinition = {
  ...csatShare,
  key: 'csat_points_mean',
  formula: divide(cell('csat_points'), cell('csat_answers')),
  unit: 'index',
};
const responses: KpiDefinition = {
  ...csatShare,
  key: 'answer_hours',
  handbook: 'N10',
  formula: multiply(divide(cell('case_answer_ms'), cell('cases_answered')), number(1)),
  unit: 'milliseconds',
  direction: 'down',
  dimensions: [],
};

const entries: readonly ScorecardEntry[] = [
  { ...entryOf(csatShare, targetOf(0.85, null, { least: 0.75, most: null })), weight: 60, industry: 0.75 },
  { ...entryOf(csatIndex, targetOf(88, null)), weight: 0, industry: 75 },
  { ...entryOf(responses, targetOf(null, 1000)), weight: 40, industry: null },
];

function entryOf(definition: KpiDefinition, target: KpiTarget) {
  const { formula, dimensions } = definition;
  return { definition, formula, dimensions, target, owners: ['service'] };
}

function cellsWith(held: Partial<Record<CellName, number>>): CellReader {
  return { cell: (name) => held[name] ?? 0, opening: () => 0 };
}

function scorecard(changed: Partial<ScorecardRequest> = {}) {
  return makeScorecard({
    tenant: 'demo',
    currency: 'CNY',
    period: parsePeriod('2026-10')!,
    slice: null,
    entries,
    cells: {
      current: cellsWith({ csat_answers: 100, csat_satisfied: 80, csat_points: 9000, cases_answered: 2, case_answer_ms: 4000 }),
      previous: cellsWith({ csat_answers: 50, csat_satisfied: 45, cases_answered: 1, case_answer_ms: 3000 }),
      yearBefore: null,
    },
    ...changed,
  }); // prettier-ignore
}

describe('the scorecard', () => {
  it('shows value, target, achievement, light and trend of each KPI', () => {
    const [share, , time] = scorecard().lines;
    expect(share).toMatchObject({ value: 0.8, light: 'amber', yearBefore: null });
    expect(share.achievement).toBeCloseTo(94.1176, 4);
    expect(share.previous?.difference).toBeCloseTo(-0.1, 12);
    expect(share.previous).toMatchObject({ value: 0.9, isBetter: false });
    expect(time).toMatchObject({
      value: 2000,
      achievement: 0,
      light: 'red',
      previous: { value: 3000, isBetter: true },
    });
  });

  it('weighs what has a value and says how much of the weight that is', () => {
    const current = cellsWith({ csat_answers: 10, csat_satisfied: 9 });
    const { composite } = scorecard({ cells: { current, previous: null, yearBefore: null } });
    expect(composite).toEqual({ score: 100, coveredWeight: 60, weight: 100 });
  });

  it('has no composite where nothing was counted', () => {
    const { composite, lines } = scorecard({ cells: { current: null, previous: null, yearBefore: null } });
    expect(composite).toEqual({ score: null, coveredWeight: 0, weight: 100 });
    expect(lines.map(({ value, light }) => [value, light])).toEqual(entries.map(() => [null, null]));
  });

  it('holds satisfaction as share and as index apart, each against its own target and industry value', () => {
    const [share, index] = scorecard().lines;
    expect(share).toMatchObject({ unit: 'share', target: { green: { least: 0.85 } }, industry: 0.75 });
    expect(index).toMatchObject({
      unit: 'index',
      value: 90,
      target: { green: { least: 88 } },
      industry: 75,
      light: 'green',
    });
    expect(share.aboveIndustry).toBeCloseTo(0.8 / 0.75 - 1, 12);
    expect(index.aboveIndustry).toBeCloseTo(0.2, 12);
  });

  it('leaves out of a slice what cannot be split so, and of a period what is not asked for by it', () => {
    const slice = { dimension: 'tier', value: 'retail5.core' } as const;
    expect(scorecard({ slice }).lines.map(({ key }) => key)).toEqual(['csat_share', 'csat_points_mean']);
    const monthly = entries.map((entry) => ({
      ...entry,
      definition: { ...entry.definition, periods: ['month' as const] },
    }));
    expect(scorecard({ entries: monthly, period: parsePeriod('2026-Q3')! }).lines).toEqual([]);
  });

  it('becomes JSON by its schema', () => {
    const json = scorecardToJson(scorecard());
    expect(scorecardJsonSchema.strict().parse(json)).toEqual(json);
    expect(json).toMatchObject({ period: '2026-10', kpis: [{ target: { least: 0.85, most: null } }, {}, { target: { least: null, most: 1000 } }] }); // prettier-ignore
  });
});

describe('periods to compare with', () => {
  it.each([
    ['2026-01', '2025-12', '2025-01'],
    ['2026-Q1', '2025-Q4', '2025-Q1'],
    ['2026-H2', '2026-H1', '2025-H2'],
    ['2026', '2025', '2025'],
    ['2026-W10', '2026-W09', '2025-W10'],
    ['2026-03-02', '2026-03-01', '2025-03-03'],
  ])('of %s are %s and %s', (name, before, yearBefore) => {
    const period = parsePeriod(name)!;
    expect(periodName(periodBefore(period))).toBe(before);
    expect(periodName(periodYearBefore(period))).toBe(yearBefore);
  });
});
