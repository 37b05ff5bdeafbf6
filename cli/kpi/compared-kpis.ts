import { formatKpiValue } from '../../services/core/kpis/scorecard/format-kpi-value.ts';
import type { ComparedKpi } from '../../services/core/kpis/recompute/compare-kpis.ts';
import type { KpiLogName } from '../../services/core/kpis/recompute/logs-of-cell.ts';
import { sectionText } from './section-text.ts';

export interface ComparisonHeading {
  readonly tenant: string;
  readonly currency: string;
  readonly period: string;
  /** Facts that were published and not counted yet. */
  readonly behind: number;
}

const verdicts: Readonly<Record<ComparedKpi['verdict'], string>> = {
  equal: 'equal',
  differs: 'DIFFERS',
  'not-recomputable': 'not recomputable',
};

const logs: Readonly<Record<KpiLogName, string>> = {
  events: 'customer.events.v1',
  scores: 'customer.scores.v1',
  tasks: 'retention.tasks.v1',
  commands: 'retention.commands.v1',
  facts: 'kpi.facts.v1',
};

export function comparedJson({ tenant, period, behind }: ComparisonHeading, kpis: readonly ComparedKpi[]): string {
  const told = kpis.map(({ cutLogs, ...kpi }) => ({ ...kpi, cutLogs: cutLogs.map((log) => logs[log]) }));
  return `${JSON.stringify({ tenant, period, factsNotCounted: behind, kpis: told }, null, 2)}\n`;
}

/** One line for each KPI, and below what they add up to. */
export function comparedText(heading: ComparisonHeading, kpis: readonly ComparedKpi[]): string {
  const { tenant, currency, period, behind } = heading;
  const show = (value: number | null, { unit }: ComparedKpi): string =>
    value === null ? '–' : formatKpiValue(value, unit, { currency, language: 'en' });
  const rows = kpis.map((kpi) => [
    kpi.slice === null ? kpi.key : `${kpi.key} ${kpi.slice.value}`,
    show(kpi.streamed, kpi),
    show(kpi.recomputed, kpi),
    verdicts[kpi.verdict],
    whyOf(kpi),
  ]);
  const note =
    behind === 0 ? null : `${behind} facts were not counted yet: what differs may be theirs. Ask again in a moment.`;
  const section = {
    title: `${tenant} ${period}: KPIs as counted and as the logs say`,
    note,
    heads: ['KPI', 'counted', 'from the logs', 'verdict', 'why'],
    rows,
    lights: null,
    isQuoted: false,
  };
  const many = (verdict: ComparedKpi['verdict']): number => kpis.filter((kpi) => kpi.verdict === verdict).length;
  const sums = `${many('equal')} equal, ${many('differs')} different, ${many('not-recomputable')} not recomputable`;
  return `${sectionText(section, 'en')}${sums}\n`;
}

function whyOf({ cells, cutLogs, dependsOnSweep }: ComparedKpi): string {
  if (cutLogs.length > 0) return `${cutLogs.map((log) => logs[log]).join(', ')} does not reach back`;
  if (dependsOnSweep) return 'tier and stage of events that are not scored depend on when the day was closed';
  return cells
    .map(({ cell, at, streamed, recomputed }) => {
      const when = at === 'beginning' ? ' at the beginning' : '';
      return `${cell}${when} ${streamed}, ${recomputed} in the logs`;
    })
    .join('; ');
}
