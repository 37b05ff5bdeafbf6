import { readPromql, type PromqlSelector } from '../promql/read-promql.ts';

/** What of a dashboard's JSON the rules look at. */
export interface DashboardJson {
  readonly uid: string;
  readonly title: string;
  readonly editable?: boolean;
  readonly templating?: { readonly list: readonly VariableJson[] };
  readonly panels: readonly PanelJson[];
}

export interface VariableJson {
  readonly name: string;
  readonly type: string;
  readonly label?: string;
  readonly query?: string | { readonly query: string };
  readonly datasource?: { readonly uid?: string };
  readonly multi?: boolean;
  readonly allValue?: string;
  readonly refresh?: number;
}

export interface PanelJson {
  readonly title?: string;
  readonly description?: string;
  readonly type: string;
  readonly datasource?: { readonly uid?: string };
  readonly fieldConfig?: { readonly defaults?: { readonly unit?: string } };
  readonly targets?: readonly { readonly expr?: string }[];
}

/** One rule broken at one place. `panel` is null for the dashboard as a whole. */
export interface Finding {
  readonly rule: LintRule;
  readonly dashboard: string;
  readonly panel: string | null;
  readonly says: string;
}

/** The names that grafana/dashboard-linter gives its rules; the two about LogQL hold since no panel reads a log. */
export const lintRules = [
  'template-datasource-rule', 'template-job-rule', 'template-instance-rule', 'template-label-promql-rule',
  'template-on-time-change-reload-rule', 'panel-datasource-rule', 'panel-title-description-rule', 'panel-units-rule',
  'panel-no-targets-rule', 'target-logql-rule', 'target-logql-auto-rule', 'target-promql-rule',
  'target-rate-interval-rule', 'target-job-rule', 'target-instance-rule', 'target-counter-agg-rule',
  'uneditable-dashboard-rule',
] as const; // prettier-ignore

export type LintRule = (typeof lintRules)[number];

type Broken = readonly [LintRule, string];

/** Every rule of dashboard-linter that the dashboard breaks. */
export function lintDashboard(dashboard: DashboardJson): readonly Finding[] {
  const { uid, panels } = dashboard;
  const whole = lintWhole(dashboard).map(([rule, says]) => ({ rule, dashboard: uid, panel: null, says }));
  const each = panels.flatMap((panel) =>
    lintPanel(panel).map(([rule, says]) => ({ rule, dashboard: uid, panel: panel.title ?? '', says })),
  );
  return [...whole, ...each];
}

function lintWhole({ templating, editable }: DashboardJson): Broken[] {
  const variables = templating?.list ?? [];
  const source = variables.find(({ type }) => type === 'datasource');
  const isSource = source?.name === 'datasource' && textOf(source) === 'prometheus' && source.label === 'Data source';
  return [
    ...broken(!isSource, 'template-datasource-rule', 'no variable "datasource" of Prometheus, labelled "Data source"'),
    ...lintLabel(variables, 'job', 'template-job-rule'),
    ...lintLabel(variables, 'instance', 'template-instance-rule'),
    ...variables.filter(({ type }) => type === 'query').flatMap(lintQueryVariable),
    ...broken(editable !== false, 'uneditable-dashboard-rule', 'it can be edited in Grafana'),
  ];
}

function lintLabel(variables: readonly VariableJson[], name: string, rule: LintRule): Broken[] {
  const found = variables.find((variable) => variable.name === name);
  const label = `${name[0].toUpperCase()}${name.slice(1)}`;
  const isGood =
    found?.type === 'query' &&
    found.datasource?.uid === '$datasource' &&
    found.label === label &&
    found.multi === true &&
    found.allValue === '.+';
  return broken(!isGood, rule, `no query variable "${name}", labelled "${label}", of many values, all of them ".+"`);
}

function lintQueryVariable(variable: VariableJson): Broken[] {
  const asked = /^label_values\((.+), *\w+\)$/.exec(textOf(variable))?.[1];
  const isPromql = asked !== undefined && readPromql(asked).errors.length === 0;
  return [
    ...broken(!isPromql, 'template-label-promql-rule', `"${variable.name}" asks "${textOf(variable)}"`),
    ...broken(variable.refresh !== 2, 'template-on-time-change-reload-rule', `"${variable.name}" stays as it was`),
  ];
}

function lintPanel({ title, description, datasource, fieldConfig, targets = [] }: PanelJson): Broken[] {
  const hasWords = title !== undefined && title !== '' && description !== undefined && description !== '';
  return [
    ...broken(datasource?.uid !== '$datasource', 'panel-datasource-rule', 'it does not use "$datasource"'),
    ...broken(!hasWords, 'panel-title-description-rule', 'it lacks a title or a description'),
    ...broken((fieldConfig?.defaults?.unit ?? '') === '', 'panel-units-rule', 'it has no unit'),
    ...broken(targets.length === 0, 'panel-no-targets-rule', 'it asks nothing'),
    ...targets.flatMap(({ expr }) => lintTarget(expr ?? '')),
  ];
}

function lintTarget(expr: string): Broken[] {
  const { errors, selectors } = readPromql(expr);
  if (errors.length > 0) return [['target-promql-rule', `${expr}: ${errors.join('; ')}`]];
  return selectors.flatMap((selector) => lintSelector(selector, expr));
}

function lintSelector({ metric, matchers, range, calledBy }: PromqlSelector, expr: string): Broken[] {
  const isCounter = /_(?:total|count|sum|bucket)$/.test(metric ?? '');
  const isRated = ['rate', 'increase', 'irate'].includes(calledBy ?? '');
  const hasInterval = !['rate', 'irate'].includes(calledBy ?? '') || expr.includes('[$__rate_interval]');
  return [
    ...broken(range !== null && !hasInterval, 'target-rate-interval-rule', expr),
    ...broken(!matchers.includes('job=~"$job"'), 'target-job-rule', expr),
    ...broken(!matchers.includes('instance=~"$instance"'), 'target-instance-rule', expr),
    ...broken(isCounter && !isRated, 'target-counter-agg-rule', expr),
  ];
}

function textOf({ query }: VariableJson): string {
  return typeof query === 'object' ? query.query : (query ?? '');
}

function broken(isBroken: boolean, rule: LintRule, says: string): Broken[] {
  return isBroken ? [[rule, says]] : [];
}
