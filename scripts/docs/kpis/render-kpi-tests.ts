import { stringify } from 'yaml';
import { exposedPeriods } from '../../../services/core/kpis/exposed-cells.ts';
import { cellsOf, type Expression } from '../../../services/core/kpis/expression.ts';
import type { KpiDefinition } from '../../../services/core/kpis/kpi-definition.ts';
import { kpiRegistry } from '../../../services/core/kpis/kpi-registry.ts';
import type { MeasuredKpi } from '../../../services/core/kpis/measured-kpi.ts';
import { measuredKpis } from '../../../services/core/kpis/measured-kpis.ts';
import { cellMetric } from '../../../services/core/kpis/metric-name.ts';
import { ruleNameOf } from '../../../services/core/kpis/rule-name-of.ts';
import { type KpiExample, kpiExamples } from './kpi-examples.ts';
import { measuredExamples } from './measured-examples.ts';
import { kpiAlertTests } from './render-kpi-alert-tests.ts';

const heading = `# Written by \`npm run docs:generate\` from services/core/kpis and scripts/docs/kpis; do not edit by hand.
`;

/** promtool's cases of the recording rules: each KPI with values worked out by hand, and with nothing counted. */
export function renderKpiTests(): string {
  return testFile('kpis', '1m', kpiRegistry.flatMap(countedTests));
}

/** Those of measured KPIs, which look back for a day: evaluated once in it. */
export function renderMeasuredKpiTests(): string {
  return testFile('kpis', '25h', measuredKpis.flatMap(measuredTests));
}

/** promtool's cases of the alerts. */
export function renderKpiAlertTests(): string {
  return testFile('kpi-alerts', '15m', kpiAlertTests());
}

function testFile(rules: string, evaluation_interval: string, tests: readonly object[]): string {
  return heading + stringify({ rule_files: [`../rules/${rules}.yml`], evaluation_interval, tests }, { lineWidth: 0 });
}

function countedTests(kpi: KpiDefinition): readonly object[] {
  const [kind] = exposedPeriods(kpi);
  const example = kpiExamples[kpi.key];
  if (kind === undefined) return [];
  if (example === undefined) throw new Error(`give ${kpi.key} an example in scripts/docs/kpis/kpi-examples.ts`);
  const labels = `{period="${kind}",tenant="demo",version="${kpi.version}",which="current"}`;
  const nothing: KpiExample = { ...example, cells: {}, opening: {} };
  return [
    ruleTest(`${kpi.key} of two processes`, countedSeries(kpi, kind, example), [kpi, labels, example.value]),
    ruleTest(`${kpi.key} of nothing`, countedSeries(kpi, kind, nothing), [kpi, labels, example.ofNothing]),
  ];
}

/** Two processes tell the same; the second one has just begun to count the latest fact, so it tells a little less. */
function countedSeries(kpi: KpiDefinition, kind: string, example: KpiExample): readonly object[] {
  return readsOf(kpi.formula).flatMap(({ op, cell }) => {
    const { name, unitsPerOne } = cellMetric(op, cell);
    const held = (op === 'cell' ? example.cells : example.opening)?.[cell] ?? 0;
    return ['a', 'b'].map((instance, behind) => ({
      series: `${name}{tenant="demo",period="${kind}",which="current",instance="${instance}",job="alerts"}`,
      values: `${Math.max(0, held - behind) / unitsPerOne}x2`,
    }));
  });
}

function readsOf(formula: Expression): readonly Extract<Expression, { readonly op: 'cell' | 'opening' }>[] {
  if (formula.op === 'number' || cellsOf(formula).length === 0) return [];
  if (formula.op === 'cell' || formula.op === 'opening') return [formula];
  const both = [...readsOf(formula.left), ...readsOf(formula.right)];
  return both.filter(({ op, cell }, i) => both.findIndex((each) => each.op === op && each.cell === cell) === i);
}

function measuredTests(kpi: MeasuredKpi): readonly object[] {
  const example = measuredExamples[kpi.key];
  if (example === undefined) throw new Error(`give ${kpi.key} an example in scripts/docs/kpis/measured-examples.ts`);
  const tenant = kpi.scope === 'tenant' ? 'tenant="demo",' : '';
  const labels = `{period="${kpi.period}",${tenant}version="${kpi.version}",which="current"}`;
  const series = (of: Readonly<Record<string, string>>): readonly object[] =>
    Object.entries(of).map(([name, values]) => ({ series: name, values }));
  const day = { interval: '5m', at: '25h' };
  return [
    ruleTest(`${kpi.key} of a day`, series(example.series), [kpi, labels, example.value], day),
    ruleTest(`${kpi.key} of a day without anything`, series(example.nothing), [kpi, labels, null], day),
  ];
}

type Expected = readonly [kpi: KpiDefinition | MeasuredKpi, labels: string, value: number | null];

/** Rounded to a millionth, since promtool compares bit by bit. */
function ruleTest(
  name: string,
  input_series: readonly object[],
  [kpi, labels, value]: Expected,
  { interval, at } = { interval: '1m', at: '1m' },
): object {
  const exp_samples = value === null ? [] : [{ labels, value }];
  const promql_expr_test = [{ expr: `round(${ruleNameOf(kpi)}, 0.000001)`, eval_time: at, exp_samples }];
  return { name, interval, input_series, promql_expr_test };
}
