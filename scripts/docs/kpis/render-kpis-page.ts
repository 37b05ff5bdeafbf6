import { allKpis } from '../../../services/core/kpis/all-kpis.ts';
import { cells } from '../../../services/core/kpis/cells.ts';
import { compileKpiPlan } from '../../../services/core/kpis/compile-kpi-plan.ts';
import { exposedPeriods } from '../../../services/core/kpis/exposed-cells.ts';
import type { KpiDefinition, KpiUnit } from '../../../services/core/kpis/kpi-definition.ts';
import type { KpisDocument } from '../../../services/core/kpis/kpi-document.ts';
import type { KpiPlan, PlannedKpi } from '../../../services/core/kpis/kpi-plan.ts';
import type { Bounds } from '../../../services/core/kpis/kpi-target.ts';
import type { MeasuredKpi } from '../../../services/core/kpis/measured-kpi.ts';
import { cellMetric } from '../../../services/core/kpis/metric-name.ts';
import { ruleNameOf } from '../../../services/core/kpis/rule-name-of.ts';
import { toProse } from '../../../services/core/kpis/to-prose.ts';

const heading = `# KPIs

Every KPI, what it says, how it is made and what it is to reach. The formulas are data: the same ones are computed by
\`GET /v1/kpis\` and the scorecard, are the recording rules of Prometheus (\`observability/prometheus/rules/kpis.yml\`) and
stand below. Weights, targets and owners are those of \`kpis/default.yaml\`; a business writes its own ([kpi-plan.md](kpi-plan.md)).

<!-- Written by \`npm run docs:generate\` from services/core/kpis and kpis/default.yaml; do not edit by hand. -->

- Cells are whole numbers that facts are counted into ([below](#cells)); an event counts on the business day on which it happened,
  however late it comes. Days, weeks (ISO 8601), months, quarters, half-years and years are those of the tenant's calendar.
- Shares and ratios are numbers (0.85), an index is 0 to 100, a net score -100 to 100. Money is in minor units of the reporting
  currency, times are in milliseconds; the targets below are written in major units and in hours.
- Where something would be divided by 0 there is no value: null in JSON, no series in Prometheus.
- Prometheus is told the whole of a tenant for the period of review, each \`current\` (still running) and
  \`previous\`. Splits and other periods are to be had through \`GET /v1/kpis\`.
- A formula that changes its meaning gets the next version. What was recorded before keeps the label of its version;
  \`kpis/versions.yaml\` has every formula that ever was.

## When a KPI alert fires

\`Kpi…OffTarget\` compares the last whole period of review (of measured KPIs the last 24 hours) with the target in force, which
alerts exports as \`tidewatch_kpi_target\`: \`info\` outside the target, \`ticket\` where it is not even within the amber band.

1. Look at the paragraph of the KPI below: what it counts, its cohort, its caveats. Few cases make a rate swing.
2. \`npm run tidewatch -- kpi scorecard --by\` and \`GET /v1/kpis\` split its month: one channel, store, tier or queue often explains it.
3. Was something not counted? The freshness of facts and the lag of the group that counts them are on the dashboard of the system.
4. Talk to its owner. A target that nobody can reach is changed in the KPI file, at the review; the alert follows it.
`;

/** The KPI reference, with the plan that comes with Tidewatch. */
export function renderKpisPage(version: string, document: KpisDocument): string {
  const plan = compileKpiPlan(version, document, { tenant: '', minorPerMajor: 1 });
  const kpis = [...allKpis.values()];
  return [heading, overview(kpis, plan), ...kpis.map((kpi) => renderKpi(kpi, plan)), renderCells()].join('\n');
}

function overview(kpis: readonly (KpiDefinition | MeasuredKpi)[], plan: KpiPlan): string {
  const rows = kpis.map((kpi) => {
    const { weight, owner, targets } = planned(plan, kpi.key);
    const target = targets.get(kpi.period);
    const reach = target === undefined ? '' : boundsText(target.green, kpi.unit);
    return `| ${kpi.handbook} | [\`${kpi.key}\`](#${kpi.key}) | ${kpi.name.en} | ${kpi.name.zhCN} | ${weight === 0 ? '' : weight} | ${reach} | ${kpi.period} | ${owner} |`;
  });
  return `## Overview\n\n| # | key | name | 名称 | weight | target | review | owner |\n|---|---|---|---|---|---|---|---|\n${rows.join('\n')}\n`;
}

function renderKpi(kpi: KpiDefinition | MeasuredKpi, plan: KpiPlan): string {
  const { key, handbook, version, name, definition, caveats } = kpi;
  const lines = [
    `### ${key}`,
    `**${name.en} · ${name.zhCN}** (${handbook}, version ${version})`,
    definition.en,
    definition.zhCN,
    formulaText(kpi),
    [...factsOf(kpi), ...planOf(kpi, plan), ...caveats.map(({ en, zhCN }) => `- Note: ${en} ${zhCN}`)].join('\n'),
  ];
  return `${lines.join('\n\n')}\n`;
}

function formulaText(kpi: KpiDefinition | MeasuredKpi): string {
  if ('promql' in kpi) return `\`\`\`promql\n${kpi.promql}\n\`\`\``;
  const [en, zhCN] = [toProse(kpi.formula, 'en'), toProse(kpi.formula, 'zhCN')];
  return `\`\`\`text\n${en === zhCN ? en : `${en}\n${zhCN}`}\n\`\`\``;
}

const directions = {
  up: 'higher is better 越高越好',
  down: 'lower is better 越低越好',
  none: 'neither way 无方向',
} as const;

function factsOf(kpi: KpiDefinition | MeasuredKpi): readonly string[] {
  const exposed = exposedPeriods(kpi);
  const recorded = exposed.length === 0 ? 'not in Prometheus' : `\`${ruleNameOf(kpi)}\` (${exposed.join(', ')})`;
  const rows = [
    `- Unit: ${kpi.unit}; ${directions[kpi.direction]}`,
    `- Periods: ${kpi.periods.join(', ')}; reviewed by ${kpi.period}`,
    `- Rule: ${recorded}`,
  ];
  if (kpi.cohort !== null) rows.push(`- Cohort: ${kpi.cohort.en} ${kpi.cohort.zhCN}`);
  if ('formula' in kpi && kpi.dimensions.length > 0) rows.push(`- Split by: ${kpi.dimensions.join(', ')}`);
  if ('complement' in kpi) rows.push(`- Makes 1 with \`${kpi.complement}\`, which has the same window and cohort`);
  return rows;
}

function planOf(kpi: KpiDefinition | MeasuredKpi, plan: KpiPlan): readonly string[] {
  const { weight, owner, sharedWith, review, targets, benchmarks } = planned(plan, kpi.key);
  const department = plan.owners.get(owner)?.label;
  const shared = sharedWith.length === 0 ? '' : `, shared with ${sharedWith.join(', ')}`;
  const rows = [
    `- Weight: ${weight}; owner: ${department?.en ?? owner} ${department?.zhCN ?? ''}${shared}; reviewed every ${review.every}, next ${review.next}`,
  ];
  const byText = Map.groupBy(targets, ([, { green, amber }]) => {
    return `${boundsText(green, kpi.unit)} (amber ${boundsText(amber, kpi.unit)})`;
  });
  for (const [text, of] of byText) rows.push(`- Target (${of.map(([period]) => period).join(', ')}): ${text}`);
  for (const { text, source } of benchmarks) rows.push(`- Handbook ${source}: ${text.en}; ${text.zhCN}`);
  return rows;
}

function planned(plan: KpiPlan, key: string): PlannedKpi {
  const found = plan.kpis.get(key);
  if (found === undefined) throw new Error(`the plan has no ${key}`);
  return found;
}

function boundsText({ least, most }: Bounds, unit: KpiUnit): string {
  const write = (value: number): string => figureText(value, unit);
  if (least !== null && most !== null) return `${write(least)} to ${write(most)}`;
  if (least !== null) return `≥ ${write(least)}`;
  return most === null ? 'any' : `≤ ${write(most)}`;
}

function figureText(value: number, unit: KpiUnit): string {
  if (unit === 'share') return `${Number((value * 100).toFixed(4))} %`;
  if (unit === 'milliseconds') return value >= 3_600_000 ? `${value / 3_600_000} h` : `${value} ms`;
  return value.toLocaleString('en-US');
}

function renderCells(): string {
  const rows = Object.entries(cells).map(([name, { kind, unit, means }]) => {
    const metric = cellMetric('cell', name as keyof typeof cells).name;
    return `| \`${name}\` | ${kind} | ${unit} | ${means} | \`${metric}\` |`;
  });
  return `## Cells

- \`event\`: counted on its day; longer periods are sums of days
- \`customer\`: what a customer was or did within a whole period of months; each kind of period has its own count
- \`stock\`: what holds when the period ends, or began (\`…_opening\` in Prometheus)

Each becomes a gauge with \`tenant\`, \`period\` and \`which\` as labels, as far as a rule reads it; times are in seconds there.

| cell | kind | unit | meaning | gauge |
|---|---|---|---|---|
${rows.join('\n')}
`;
}
