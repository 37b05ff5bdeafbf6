import { allKpis } from './all-kpis.ts';
import { exposedPeriods } from './exposed-cells.ts';
import type { KpiPlan } from './kpi-plan.ts';
import type { Bounds, KpiTarget } from './kpi-target.ts';

/** Name of the gauge that carries targets to Prometheus. */
export const targetGauge = 'tidewatch_kpi_target';
export const targetLabels = ['tenant', 'kpi', 'period', 'light', 'bound'] as const;

/** One bound of one target, in the KPI's unit. Within `green` the target is met, within `amber` nearly, else not. */
export interface TargetSeries {
  readonly kpi: string;
  readonly period: string;
  readonly light: 'green' | 'amber';
  readonly bound: 'least' | 'most';
  readonly value: number;
}

/** What alert rules compare KPIs with: the targets of the periods they are reviewed by, as far as Prometheus sees those. */
export function targetSeries(plan: KpiPlan): readonly TargetSeries[] {
  return [...plan.kpis.values()].flatMap(({ key, targets }) => {
    const kpi = allKpis.get(key);
    const target = kpi === undefined ? undefined : targets.get(kpi.period);
    if (kpi === undefined || target === undefined || !exposedPeriods(kpi).some((each) => each === kpi.period))
      return [];
    return boundsOf(target).map((bound) => ({ kpi: key, period: kpi.period, ...bound }));
  });
}

function boundsOf({ green, amber }: KpiTarget): readonly Pick<TargetSeries, 'light' | 'bound' | 'value'>[] {
  const lights: readonly (readonly ['green' | 'amber', Bounds])[] = [['green', green], ['amber', amber]]; // prettier-ignore
  return lights.flatMap(([light, bounds]) =>
    (['least', 'most'] as const).flatMap((bound) => {
      const value = bounds[bound];
      return value === null ? [] : [{ light, bound, value }];
    }),
  );
}
