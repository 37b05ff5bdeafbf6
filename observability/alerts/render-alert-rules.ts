import { stringify } from 'yaml';
import type { AlertRule } from './alert-rule.ts';

const heading = '# Written by `npm run docs:generate` from observability/alerts; do not edit by hand.\n';

/** Where the pages of the runbook are read; relative to the repository. */
export const runbookFolder = 'docs/runbook';

export type AlertGroups = Readonly<Record<string, readonly AlertRule[]>>;

export interface RenderedFile {
  /** Relative to the checkout. */
  readonly path: string;
  readonly text: string;
}

/** The rule files of Prometheus, one for each group: a promtool case evaluates every rule of the files it loads. */
export function renderAlertRules(groups: AlertGroups): readonly RenderedFile[] {
  return Object.entries(groups).map(([name, rules]) => ({
    path: `observability/prometheus/rules/system-${name}.yml`,
    text: heading + stringify({ groups: [renderGroup(name, rules)] }, { lineWidth: 0 }),
  }));
}

/** One group as Prometheus reads it. */
export function renderGroup(name: string, rules: readonly AlertRule[]) {
  return { name: `tidewatch-${name}`, rules: rules.map(renderRule) };
}

function renderRule(rule: AlertRule) {
  return {
    alert: rule.name,
    expr: rule.expr,
    ...(rule.holds === '0m' ? {} : { for: rule.holds }),
    labels: { severity: rule.severity, team: rule.team },
    annotations: annotationsOf(rule),
  };
}

/** The annotations as they stand in the rule, templates and all. */
export function annotationsOf({ name, summary, description }: AlertRule): Record<string, string> {
  return {
    summary: summary.en,
    summary_zh_cn: summary.zhCN,
    description: description.en,
    description_zh_cn: description.zhCN,
    runbook_url: `${runbookFolder}/${name}.md`,
  };
}

/** The promtool cases of the rules: each fires once and keeps silent once. Cases over days have files of their own. */
export function renderAlertTests(groups: AlertGroups): readonly RenderedFile[] {
  return Object.entries(groups).flatMap(([name, rules]) =>
    [...Map.groupBy(rules, (rule) => rule.sampledEvery ?? '1m')].map(([step, some]) => ({
      path: `observability/prometheus/tests/system-${name}-every-${step}.yml`,
      text: heading + stringify(testFile(name, step, some), { lineWidth: 0 }),
    })),
  );
}

function testFile(name: string, step: string, rules: readonly AlertRule[]) {
  const tests = rules.flatMap((rule) => [firingTest(rule), silentTest(rule)]);
  return {
    rule_files: [`../rules/system-${name}.yml`],
    evaluation_interval: step,
    tests: tests.map((test) => ({ interval: step, ...test })),
  };
}

function firingTest(rule: AlertRule) {
  const { series, at, labels, value } = rule.firing;
  const expected = {
    exp_labels: { severity: rule.severity, team: rule.team, ...labels },
    exp_annotations: fillIn(annotationsOf(rule), labels, value),
  };
  return {
    name: `${rule.name} fires`,
    input_series: seriesOf(series),
    alert_rule_test: [{ eval_time: at, alertname: rule.name, exp_alerts: [expected] }],
  };
}

function silentTest({ name, silent }: AlertRule) {
  return {
    name: `${name} keeps silent`,
    input_series: seriesOf(silent.series),
    alert_rule_test: [{ eval_time: silent.at, alertname: name, exp_alerts: [] }],
  };
}

function seriesOf(series: Readonly<Record<string, string>>) {
  return Object.entries(series).map(([name, values]) => ({ series: name, values }));
}

/** What Prometheus makes of the templates. */
function fillIn(annotations: Record<string, string>, labels: Readonly<Record<string, string>>, value: string) {
  const fill = (text: string): string =>
    text
      .replaceAll(/\{\{ \$labels\.(\w+) \}\}/g, (_match, label: string) => labels[label] ?? '')
      .replaceAll(/\{\{ \$value[^}]*\}\}/g, value);
  return Object.fromEntries(Object.entries(annotations).map(([name, text]) => [name, fill(text)]));
}
