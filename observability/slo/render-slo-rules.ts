import { stringify } from 'yaml';
import { invariantCounters, type InvariantCounter } from '../../services/platform/telemetry/invariant-counters.ts';
import { type BurnAlert, burnAlerts, burnWindows } from './burn-alerts.ts';
import type { Slo } from './slo.ts';
import { slos } from './slos.ts';

const head = '# Made by `npm run docs:generate` from observability/slo; do not edit.\n';

/** What to do about the alerts made here. */
const page = 'docs/reference/observability.md';

/** Share of what went badly per window and SLO, the budget, and the alerts on how fast it burns. */
export function renderSloRules(): string {
  const groups = slos.map((slo) => ({
    name: `slo-${slo.name}`,
    rules: [...burnWindows.map((window) => ratioRule(slo, window)), budgetRule(slo), ...burnAlertsOf(slo)],
  }));
  return head + stringify({ groups }, { lineWidth: 0 });
}

/** One alert per counter that must stay at 0, and one for all metrics that refuse series. */
export function renderInvariantRules(): string {
  const rules = [...invariantCounters.map(invariantAlert), refusedSeriesAlert];
  return head + stringify({ groups: [{ name: 'invariants', rules }] }, { lineWidth: 0 });
}

export interface AlertRule {
  readonly alert: string;
  readonly expr: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

function ratioRule({ name, total, counted }: Slo, window: string) {
  const rateOf = (selector: string): string => `sum(rate(${selector}[${window}]))`;
  // A counter of faults may have no series yet; the share is then 0 and not unknown.
  const bad =
    'bad' in counted
      ? `(${counted.bad.map((selector) => `(${rateOf(selector)} or vector(0))`).join(' + ')})`
      : `(${rateOf(total)} - ${counted.good.map(rateOf).join(' - ')})`;
  return { record: `slo:bad_per_total:ratio_rate${window}`, expr: `${bad} / ${rateOf(total)}`, labels: { slo: name } };
}

function budgetRule({ name, objective }: Slo) {
  return { record: 'slo:error_budget:ratio', expr: `vector(${budgetOf(objective)})`, labels: { slo: name } };
}

/** Without what binary fractions leave behind. */
export function budgetOf(objective: number): number {
  return Number((1 - objective).toFixed(9));
}

/** The alerts of one SLO. */
export function burnAlertsOf(slo: Slo): AlertRule[] {
  return burnAlerts.map((burn) => burnAlert(slo, burn));
}

function burnAlert({ name, alert, objective, promise }: Slo, burn: BurnAlert): AlertRule {
  const { suffix, long, short, factor, severity, spent } = burn;
  const limit = Number((factor * budgetOf(objective)).toFixed(9));
  const over = (window: string): string => `slo:bad_per_total:ratio_rate${window}{slo="${name}"} > ${limit}`;
  return {
    alert: `${alert}${suffix}`,
    expr: `${over(long)} and ${over(short)}`,
    labels: { severity, slo: name },
    annotations: {
      summary: `The error budget of ${name} burns ${factor} times too fast: ${spent} of 30 days' budget within ${long}.`,
      description: promise,
      runbook_url: `${page}#when-an-objective-burns`,
    },
  };
}

/** The alert on one counter that must stay at 0. */
export function invariantAlert({ name, help }: InvariantCounter): AlertRule {
  const words = name
    .replace(/^tidewatch_/u, '')
    .replace(/_total$/u, '')
    .split('_');
  return {
    alert: `Invariant${words.map((word) => word[0].toUpperCase() + word.slice(1)).join('')}`,
    expr: `sum by (job) (increase(${name}[15m])) > 0`,
    labels: { severity: 'page' },
    annotations: {
      summary: `${name} must stay at 0 and has grown.`,
      description: help,
      runbook_url: `${page}#counters-that-must-stay-at-0`,
    },
  };
}

export const refusedSeriesAlert: AlertRule = {
  alert: 'MetricSeriesRefused',
  expr: 'sum by (job, metric) (increase(tidewatch_metrics_refused_series_total[15m])) > 0',
  labels: { severity: 'ticket' },
  annotations: {
    summary: 'A metric was given more label sets than it may have; what goes beyond is not shown.',
    description:
      'Label values come from a closed set. Find what gives this metric others, or raise its number on purpose.',
    runbook_url: `${page}#metrics`,
  },
};
