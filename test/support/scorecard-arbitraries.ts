import fc from 'fast-check';
import type { KpiUnit } from '../../services/core/kpis/kpi-definition.ts';
import type { KpiTarget } from '../../services/core/kpis/kpi-target.ts';
import type { Scorecard, ScorecardLine } from '../../services/core/kpis/scorecard/scorecard.ts';

export const anUnit: fc.Arbitrary<KpiUnit> = fc.constantFrom('share', 'index', 'net-score', 'money', 'milliseconds');

const figure = fc.double({ min: -120, max: 1e6, noNaN: true });

/** At least, at most, or within; amber is as green. */
export const aTarget: fc.Arbitrary<KpiTarget> = fc.oneof(
  figure.map((value) => targetOf(value, null)),
  figure.map((value) => targetOf(null, value)),
  fc.tuple(figure, figure).map(([a, b]) => targetOf(Math.min(a, b), Math.max(a, b))),
);

export function targetOf(least: number | null, most: number | null, amber = { least, most }): KpiTarget {
  return { green: { least, most }, amber };
}

export const departments = ['sales', 'marketing', 'service', 'data'] as const;

/** Lines as a scorecard has them; only what composites are made of is drawn. */
export const scorecardLines: fc.Arbitrary<ScorecardLine[]> = fc
  .array(
    fc.record({
      weight: fc.integer({ min: 0, max: 40 }),
      achievement: fc.option(fc.double({ min: 0, max: 100, noNaN: true })),
      owners: fc.subarray([...departments]),
    }),
    { maxLength: 12 },
  )
  .map((drawn) => drawn.map((line, i) => aScorecardLine({ key: `kpi_${i}`, ...line })));

export function aScorecardLine(changed: Partial<ScorecardLine> = {}): ScorecardLine {
  return {
    key: 'csat_share',
    version: 1,
    handbook: 'N1',
    name: { en: 'Satisfaction (share)', zhCN: '客户满意度（满意占比）' },
    unit: 'share',
    direction: 'up',
    owners: ['service'],
    value: 0.8,
    target: targetOf(0.85, null, { least: 0.75, most: null }),
    weight: 20,
    achievement: (100 * 0.8) / 0.85,
    light: 'amber',
    previous: null,
    yearBefore: null,
    industry: null,
    aboveIndustry: null,
    ...changed,
  };
}

export function aScorecard(lines: readonly ScorecardLine[], changed: Partial<Scorecard> = {}): Scorecard {
  return {
    tenant: 'demo',
    currency: 'CNY',
    period: { kind: 'month', index: 681 },
    slice: null,
    composite: { score: null, coveredWeight: 0, weight: 0 },
    lines,
    ...changed,
  };
}
