import type { KpiDescription } from '../../../services/core/kpis/kpi-definition.ts';
import { ruleNameOf } from '../../../services/core/kpis/rule-name-of.ts';
import { targetGauge } from '../../../services/core/kpis/target-series.ts';
import { type KpiAlert, kpiAlerts } from './kpi-alert.ts';
import { annotationsOf } from './render-kpi-alerts.ts';

/** Hand-chosen, times 1 for shares and times 100 for all else, so that they are read as percentages or plain numbers. */
const cases = {
  up: { targets: { green: { least: 0.8 }, amber: { least: 0.6 } }, met: 0.9, amber: 0.7, red: 0.5 },
  down: { targets: { green: { most: 0.6 }, amber: { most: 0.8 } }, met: 0.5, amber: 0.7, red: 0.9 },
  none: {
    targets: { green: { least: 0.6, most: 0.8 }, amber: { least: 0.5, most: 0.9 } },
    met: 0.7,
    amber: 0.85,
    red: 0.95,
  },
} as const;

const asItWas = { interval: '15m', evalTime: '30m', values: (value: number) => `${value}x3` };

/**
 * Of every alert a case in which it fires, amber for one tenant and red for another (one after the other where there is one
 * value for all tenants), and one in which it keeps silent. Cases of all alerts share a test, since promtool reads the rules
 * anew for each test.
 */
export function kpiAlertTests(): readonly object[] {
  const alerts = kpiAlerts();
  const [forAll, byTenant] = [alerts.filter(({ isForAll }) => isForAll), alerts.filter(({ isForAll }) => !isForAll)];
  return [
    testOf('every KPI of a tenant off its target', byTenant, (alert) => firingCase(alert, ['red', 'amber'])),
    testOf('every KPI of the installation far off its target', forAll, (alert) => firingCase(alert, ['red'])),
    testOf('every KPI of the installation off its target', forAll, (alert) => firingCase(alert, ['amber'])),
    testOf('every KPI on its target', alerts, silentCase),
  ];
}

type Light = 'red' | 'amber';

interface AlertCase {
  readonly series: readonly object[];
  readonly expected: readonly object[];
}

function testOf(name: string, alerts: readonly KpiAlert[], caseOf: (alert: KpiAlert) => AlertCase): object {
  const cases = alerts.map((alert) => ({ alert, ...caseOf(alert) }));
  return {
    name,
    interval: asItWas.interval,
    input_series: cases.flatMap(({ series }) => series),
    alert_rule_test: cases.map(({ alert, expected }) => {
      return { eval_time: asItWas.evalTime, alertname: alert.name, exp_alerts: expected };
    }),
  };
}

function firingCase(alert: KpiAlert, lights: readonly Light[]): AlertCase {
  const expected = lights.map((light) => ({
    exp_labels: {
      severity: light === 'red' ? 'ticket' : 'info',
      team: 'business',
      kpi: alert.kpi.key,
      light,
      ...(alert.isForAll ? {} : { tenant: light, period: alert.period }),
    },
    exp_annotations: filledIn(alert, light),
  }));
  return { series: lights.flatMap((light) => seriesOf(alert, light, valueOf(alert.kpi, light))), expected };
}

/** The target is met; beside it a tenant without any target, which no alert is about. */
function silentCase(alert: KpiAlert): AlertCase {
  const { kpi, isForAll } = alert;
  const others = isForAll ? [] : seriesOf(alert, 'untold', valueOf(kpi, 'red')).slice(0, 1);
  return { series: [...seriesOf(alert, 'met', valueOf(kpi, 'met')), ...others], expected: [] };
}

function seriesOf({ kpi, isForAll, period, which }: KpiAlert, tenant: string, value: number): readonly object[] {
  const of = isForAll ? '' : `tenant="${tenant}",`;
  const rule = `${ruleNameOf(kpi)}{${of}period="${period}",which="${which}",version="${kpi.version}"}`;
  const bounds = Object.entries(cases[kpi.direction].targets).flatMap(([light, byBound]) =>
    Object.entries(byBound as Readonly<Record<string, number>>).map(([bound, at]) => ({
      series: `${targetGauge}{tenant="${tenant}",kpi="${kpi.key}",period="${period}",light="${light}",bound="${bound}"}`,
      values: asItWas.values(scaled(kpi, at)),
    })),
  );
  return [{ series: rule, values: asItWas.values(value) }, ...bounds];
}

function valueOf(kpi: KpiDescription, light: Light | 'met'): number {
  return scaled(kpi, cases[kpi.direction][light]);
}

function scaled({ unit }: KpiDescription, value: number): number {
  return unit === 'share' ? value : Math.round(value * 100);
}

/** What Prometheus makes of the templates. */
function filledIn(alert: KpiAlert, light: Light): Readonly<Record<string, string>> {
  const { kpi, isForAll } = alert;
  const value = valueOf(kpi, light);
  const written = kpi.unit === 'share' ? `${Math.round(value * 100)}%` : String(value);
  const fill = (text: string): string =>
    text
      .replaceAll('{{ $labels.tenant }}', isForAll ? '' : light)
      .replaceAll(/\{\{ \$value[^}]*\}\}/g, written)
      .replaceAll(
        /\{\{ if eq \$labels\.light "red" \}\}(.*?)\{\{ else \}\}(.*?)\{\{ end \}\}/g,
        light === 'red' ? '$1' : '$2',
      );
  return Object.fromEntries(Object.entries(annotationsOf(alert)).map(([name, text]) => [name, fill(text)]));
}
