import { ThresholdsConfigBuilder, ThresholdsMode, type Threshold } from '@grafana/grafana-foundation-sdk/dashboard';
import { GraphThresholdsStyleConfigBuilder, GraphThresholdsStyleMode } from '@grafana/grafana-foundation-sdk/common';
import { exposedPeriods } from '../../services/core/kpis/exposed-cells.ts';
import type { KpiDefinition, KpiUnit } from '../../services/core/kpis/kpi-definition.ts';
import type { KpiTarget } from '../../services/core/kpis/kpi-target.ts';
import { kpiRuleName } from '../../services/core/kpis/metric-name.ts';
import { defaultTargets } from './default-targets.ts';
import { panel, query, type Panel } from './panels.ts';

const grafanaUnits: Readonly<Record<KpiUnit, string>> = {
  share: 'percentunit',
  ratio: 'short',
  index: 'short',
  'net-score': 'short',
  money: 'short',
  milliseconds: 'ms',
  days: 'd',
  years: 'y',
  count: 'short',
  bytes: 'bytes',
};

/**
 * Its value, beside the one of the period before, in the period it is reviewed by, or the longest one that Prometheus
 * sees; the colours are those of the target that comes with Tidewatch.
 */
export function kpiPanel(kpi: KpiDefinition): Panel {
  const exposed = exposedPeriods(kpi);
  const period = exposed.find((each) => each === kpi.period) ?? exposed[exposed.length - 1];
  const value = (which: string): string =>
    `${kpiRuleName(kpi.key)}{tenant=~"$tenant",period="${period}",which="${which}"}`;
  const built = panel({
    title: { en: `${kpi.handbook} ${kpi.name.en}`, zhCN: kpi.name.zhCN },
    about: kpi.definition,
    unit: grafanaUnits[kpi.unit],
    queries: [query(value('current'), `{{tenant}} ${period}`), query(value('previous'), '{{tenant}} before')],
  });
  const target = defaultTargets.get(kpi.key)?.get(period);
  return target === undefined ? built : withTarget(built, target);
}

function withTarget(built: Panel, target: KpiTarget): Panel {
  const steps = stepsOf(target);
  built.thresholds(new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(steps));
  if ('thresholdsStyle' in built) {
    built.thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed));
  }
  return built;
}

/** Grafana colours from a value upwards: red, amber and green up to what is best, and back again. */
function stepsOf({ green, amber }: KpiTarget): Threshold[] {
  const upwards: (readonly [number | null, string])[] = [
    [amber.least, 'yellow'],
    [green.least, 'green'],
    [green.most, 'yellow'],
    [amber.most, 'red'],
  ];
  const first = green.least === null ? 'green' : amber.least === null ? 'yellow' : 'red';
  const steps = upwards.flatMap(([value, color]) => (value === null ? [] : [{ value, color }]));
  return [{ value: null, color: first }, ...steps];
}
