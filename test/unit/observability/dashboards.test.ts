import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { systemAlerts } from '../../../observability/alerts/system-alerts.ts';
import { allBoards } from '../../../observability/dashboards/all-boards.ts';
import {
  lintDashboard,
  lintRules,
  type DashboardJson,
  type LintRule,
} from '../../../observability/lint/lint-dashboard.ts';
import { isExcepted, lintExceptions } from '../../../observability/lint/lint-exceptions.ts';
import {
  alertExpressions,
  findUnknownMetrics,
  panelExpressions,
} from '../../../observability/promql/find-unknown-metrics.ts';
import { readRegistered, type RegisteredMetric } from '../../../observability/promql/known-metrics.ts';
import { knownSeries } from '../../../observability/promql/known-series.ts';
import { readPromql } from '../../../observability/promql/read-promql.ts';
import { createMetrics, type Metrics } from '../../../services/platform/telemetry/metrics.ts';
import { createScorerMetrics } from '../../../services/scorer/scorer-metrics.ts';
import { rootDir } from '../../support/root-dir.ts';
import { join } from 'node:path';

const boards = JSON.parse(JSON.stringify(allBoards)) as readonly DashboardJson[];
const expressions = [...panelExpressions(boards), ...alertExpressions(systemAlerts)];
const registered = JSON.parse(
  await readFile(join(rootDir, 'observability', 'metrics.json'), 'utf8'),
) as readonly RegisteredMetric[];

describe('the dashboards', () => {
  it('keep the rules of dashboard-linter, but for the exceptions that give a reason', () => {
    expect(boards.flatMap(lintDashboard).filter((finding) => !isExcepted(finding))).toEqual([]);
  });

  it('need each exception', () => {
    const findings = boards.flatMap(lintDashboard).filter(isExcepted);
    for (const { rules, dashboard, panel } of lintExceptions) {
      for (const rule of rules) {
        const needed = findings.some(
          (each) => each.rule === rule && each.dashboard === dashboard && (panel === null || each.panel === panel),
        );
        expect(needed, `${rule} at ${dashboard}, ${panel ?? 'every panel'}`).toBe(true);
      }
    }
  });

  it('speak both languages', () => {
    for (const { title, panels } of boards) {
      expect(title).toMatch(/ · .*\p{Script=Han}/u);
      for (const { title: name, description } of panels) expect(`${name}${description}`).toMatch(/\p{Script=Han}/u);
    }
  });

  it('have addresses of their own', () => {
    expect(new Set(boards.map(({ uid }) => uid)).size).toBe(boards.length);
  });
});

describe('every expression', () => {
  it('parses', () => {
    expect(expressions.length).toBeGreaterThan(100);
    for (const { place, expr } of expressions) expect(readPromql(expr).errors, `${place}: ${expr}`).toEqual([]);
  });

  it('reads only what is registered', () => {
    expect(findUnknownMetrics(expressions, knownSeries(registered))).toEqual([]);
  });

  it('is found out when a service renames a metric it reads', () => {
    const renamed = scorerRegistry((name) => name.replace('tidewatch_scores_total', 'tidewatch_scored_total'));
    const others = registered.filter(({ services }) => services.join() !== 'scorer');
    const places = findUnknownMetrics(expressions, knownSeries([...others, ...renamed]));
    expect(places).toContainEqual(expect.stringMatching(/^panel .* reads tidewatch_scores_total$/));
    expect(new Set(places.map((place) => place.split(' reads ')[1]))).toEqual(new Set(['tidewatch_scores_total']));
  });
});

/** What the scorer's meters register, as its page shows it, under names that `rename` changes. */
function scorerRegistry(rename: (name: string) => string): readonly { name: string; type: string }[] {
  const metrics = createMetrics('scorer');
  const renaming: Metrics = {
    ...metrics,
    counter: (name, help, labels) => metrics.counter(rename(name), help, labels),
    gauge: (name, help, labels) => metrics.gauge(rename(name), help, labels),
    histogram: (name, help, buckets, labels) => metrics.histogram(rename(name), help, buckets, labels),
  };
  createScorerMetrics(renaming, { now: () => 0 } as never);
  return metrics.registry.getMetricsAsArray().map(({ name, type }) => ({ name, type: String(type) }));
}

const good: DashboardJson = boards.find(({ uid }) => uid === 'tidewatch-ingest-health')!;
const [firstPanel] = good.panels;
const withExpr = (expr: string): DashboardJson => ({ ...good, panels: [{ ...firstPanel, targets: [{ expr }] }] });
const variables = good.templating!.list;
const withVariable = (name: string, change: object): DashboardJson => ({
  ...good,
  templating: { list: variables.map((each) => (each.name === name ? { ...each, ...change } : each)) },
});
const own = '{job=~"$job",instance=~"$instance"}';

describe('the rules of dashboard-linter', () => {
  it.each<[LintRule, DashboardJson]>([
    ['template-datasource-rule', withVariable('datasource', { name: 'source' })],
    ['template-job-rule', withVariable('job', { multi: false })],
    ['template-instance-rule', withVariable('instance', { label: 'instance' })],
    ['template-label-promql-rule', withVariable('job', { query: 'label_values(up{, job)' })],
    ['template-on-time-change-reload-rule', withVariable('job', { refresh: 1 })],
    ['panel-datasource-rule', { ...good, panels: [{ ...firstPanel, datasource: { uid: 'prometheus' } }] }],
    ['panel-title-description-rule', { ...good, panels: [{ ...firstPanel, description: '' }] }],
    ['panel-units-rule', { ...good, panels: [{ ...firstPanel, fieldConfig: {} }] }],
    ['panel-no-targets-rule', { ...good, panels: [{ ...firstPanel, targets: [] }] }],
    ['target-promql-rule', withExpr('sum(rate(x_total[5m])')],
    ['target-rate-interval-rule', withExpr(`rate(x_total${own}[5m])`)],
    ['target-job-rule', withExpr('x{instance=~"$instance"}')],
    ['target-instance-rule', withExpr('x{job=~"$job"}')],
    ['target-counter-agg-rule', withExpr(`sum(x_total${own})`)],
    ['uneditable-dashboard-rule', { ...good, editable: true }],
  ])('%s is seen when it is broken', (rule, dashboard) => {
    expect(lintDashboard(dashboard).map((finding) => finding.rule)).toEqual([rule]);
  });

  it('are the seventeen, of which the two about logs have nothing to look at', () => {
    expect(lintRules).toHaveLength(17);
    expect(boards.flatMap(({ panels }) => panels).every(({ datasource }) => datasource?.uid === '$datasource')).toBe(
      true,
    );
  });
});

describe('the reader of expressions', () => {
  it('finds selectors with their matchers, range and function', () => {
    expect(readPromql('sum(rate(a_total{x="y"}[$__rate_interval] offset 1h)) / (b > 0)').selectors).toEqual([
      { metric: 'a_total', matchers: ['x="y"'], range: '5m', calledBy: 'rate' },
      { metric: 'b', matchers: [], range: null, calledBy: null },
    ]);
  });

  it('reads names and types of a metrics page', () => {
    const page = '# HELP a_total Help.\n# TYPE a_total counter\na_total 1\n# HELP b Other.\n# TYPE b histogram\n';
    expect(readRegistered({ s: page, r: page.split('# HELP b')[0] })).toEqual([
      { name: 'a_total', type: 'counter', help: 'Help.', services: ['r', 's'] },
      { name: 'b', type: 'histogram', help: 'Other.', services: ['s'] },
    ]);
  });
});
