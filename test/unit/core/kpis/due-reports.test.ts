import { describe, expect, it } from 'vitest';
import { monthlyKinds, periodName } from '../../../../services/core/kpis/period.ts';
import { dueReports } from '../../../../services/core/kpis/reports/due-reports.ts';

const label = { en: 'Scorecard', zhCN: '记分卡' };
const reports = new Map([
  ['scorecard', { label, every: monthlyKinds, kpis: [] }],
  ['effect', { label, every: ['half' as const], kpis: ['retention'] }],
]);

function dueOn(date: string): readonly string[] {
  const due = dueReports({ reports }, Date.parse(date) / 86_400_000);
  return due.map(({ report, period }) => `${report} ${periodName(period)}`);
}

describe('reports that are due', () => {
  it('are those of the last periods that are over', () => {
    expect(dueOn('2026-11-28')).toEqual([
      'scorecard 2026-10', 'scorecard 2026-Q3', 'scorecard 2026-H1', 'scorecard 2025', 'effect 2026-H1',
    ]); // prettier-ignore
  });

  it('are of the period that ended yesterday on the first day of the next', () => {
    expect(dueOn('2026-12-31')).toContain('scorecard 2026-11');
    expect(dueOn('2027-01-01')).toEqual([
      'scorecard 2026-12', 'scorecard 2026-Q4', 'scorecard 2026-H2', 'scorecard 2026', 'effect 2026-H2',
    ]); // prettier-ignore
  });
});
