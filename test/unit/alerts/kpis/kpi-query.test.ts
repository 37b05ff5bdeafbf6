import { describe, expect, it } from 'vitest';
import { parseKpiQuery } from '../../../../services/alerts/kpis/kpi-query.ts';
import { type EngineError } from '../../../../services/core/errors.ts';
import { allKpis } from '../../../../services/core/kpis/all-kpis.ts';
import { parsePeriod } from '../../../../services/core/kpis/period.ts';

const current = parsePeriod('2026-11')!;

/** What the parser says to a query that it does not take. */
function said(query: Readonly<Record<string, unknown>>): string {
  try {
    parseKpiQuery(query, current);
  } catch (error) {
    expect(error).toMatchObject({ code: 'ERR_USAGE', retryable: false });
    return (error as EngineError).message;
  }
  return 'taken';
}

describe('the query of GET /v1/kpis', () => {
  it('asks for all KPIs of the current month where it names nothing', () => {
    expect(parseKpiQuery({}, current)).toEqual({ period: current, kpi: null, by: null, value: null });
    const full = { period: '2026-Q1', kpi: 'csat_share', by: 'channel', value: 'web' };
    expect(parseKpiQuery(full, current)).toEqual({ ...full, period: parsePeriod('2026-Q1') });
  });

  it.each([
    ['a parameter there is not', { colour: 'red' }, '"colour" is not a parameter of the KPIs; they take period, kpi, by, value.'],
    ['a parameter in other letters', { Period: '2026' }, '"Period" is not a parameter'],
    ['a month there is not', { period: '2026-13' }, 'period must be a day (2026-11-28), week (2026-W48), month'],
    ['a day there is not', { period: '2026-02-30' }, 'period must be'],
    ['a week there is not', { period: '2026-W54' }, 'period must be'],
    ['no period', { period: '' }, 'period must be'],
    ['two periods', { period: ['2026-01', '2026-02'] }, 'period must be'],
    ['a KPI there is not', { kpi: 'nothing' }, 'kpi must be one of '],
    ['a name that every object has', { kpi: 'constructor' }, 'kpi must be one of '],
    ['two KPIs', { kpi: ['churn', 'csat_share'] }, 'kpi must be one of '],
    ['a split there is not', { by: 'nothing' }, 'by must be one of '],
    ['two splits', { by: ['channel', 'tier'] }, 'by must be one of '],
    ['a part of no split', { value: 'web' }, 'value is one part of a split; say by what'],
    ['no part', { by: 'channel', value: '' }, 'value must be one text that is not empty.'],
    ['two parts', { by: 'channel', value: ['web', 'app'] }, 'value must be one text'],
    ['a period that a KPI has not', { kpi: 'market_share', period: '2026-11-28' }, 'market_share has no value for a day; it has one for '],
    ['a split that a KPI has not', { kpi: 'market_share', period: '2026', by: 'channel' }, 'market_share cannot be split by channel; it can not be split.'],
  ])('is refused with %s, and the parameter and what is allowed are named', (_what, query, expected) => {
    expect(said(query)).toContain(expected);
  }); // prettier-ignore

  it('lists every KPI and every split that there is', () => {
    for (const key of allKpis.keys()) expect(said({ kpi: 'nothing' })).toContain(key);
    for (const dimension of ['channel', 'tier', 'staff']) expect(said({ by: 'nothing' })).toContain(dimension);
  });
});
