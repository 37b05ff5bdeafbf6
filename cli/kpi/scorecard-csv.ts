import { periodName } from '../../services/core/kpis/period.ts';
import type { Scorecard, ScorecardLine } from '../../services/core/kpis/scorecard/scorecard.ts';
import { csvLine } from '../csv-line.ts';

const heads = [
  'tenant', 'period', 'slice', 'kpi', 'version', 'handbook', 'unit', 'value', 'target_least', 'target_most', 'weight',
  'achievement', 'light', 'owners', 'previous', 'previous_difference', 'year_before', 'year_before_difference', 'industry',
]; // prettier-ignore

/** Lines for machines: every figure as it is, in the unit of its KPI, empty where there is none. */
export function scorecardCsv(scorecards: readonly Scorecard[]): string {
  return [heads, ...scorecards.flatMap((scorecard) => scorecard.lines.map((line) => cellsOf(scorecard, line)))]
    .map(csvLine)
    .join('');
}

function cellsOf({ tenant, period, slice }: Scorecard, line: ScorecardLine): string[] {
  const { key, version, handbook, unit, value, target, weight, achievement, light, owners, industry } = line;
  return [
    ...[tenant, periodName(period), slice === null ? '' : `${slice.dimension}=${slice.value}`],
    ...[key, version, handbook, unit, value, target?.green.least, target?.green.most, weight, achievement, light],
    owners.join(' '),
    ...[line.previous?.value, line.previous?.difference, line.yearBefore?.value, line.yearBefore?.difference, industry],
  ].map((cell) => String(cell ?? ''));
}
