import { allKpis } from '../../../services/core/kpis/all-kpis.ts';
import { exposedPeriods } from '../../../services/core/kpis/exposed-cells.ts';
import type { KpiDefinition, KpiUnit } from '../../../services/core/kpis/kpi-definition.ts';
import type { MeasuredKpi } from '../../../services/core/kpis/measured-kpi.ts';
import { ruleNameOf } from '../../../services/core/kpis/rule-name-of.ts';
import { targetGauge } from '../../../services/core/kpis/target-series.ts';

export interface KpiAlert {
  readonly kpi: KpiDefinition | MeasuredKpi;
  /** `KpiCsatShareOffTarget`. */
  readonly name: string;
  readonly expr: string;
  readonly isForAll: boolean;
  readonly period: string;
  /** Of the period that is judged: one that is over, except where only the last day is known. */
  readonly which: 'current' | 'previous';
}

/** One alert for each KPI that Prometheus is told for the period it is reviewed by; it acts where a plan has a target. */
export function kpiAlerts(): readonly KpiAlert[] {
  return [...allKpis.values()].filter((kpi) => exposedPeriods(kpi).some((each) => each === kpi.period)).map(alertOf);
}

function alertOf(kpi: KpiDefinition | MeasuredKpi): KpiAlert {
  const isForAll = 'scope' in kpi && kpi.scope === 'installation';
  const which = 'scope' in kpi ? 'current' : 'previous';
  const value = `${ruleNameOf(kpi)}{period="${kpi.period}",which="${which}"}`;
  const by = isForAll ? '' : 'tenant, period';
  const outside = (light: string): string => {
    const bound = (name: string, strictest: string): string =>
      `${strictest} by (${by}) (${targetGauge}{kpi="${kpi.key}",period="${kpi.period}",light="${light}",bound="${name}"})`;
    return `(${value} < on (${by}) ${bound('least', 'max')} or ${value} > on (${by}) ${bound('most', 'min')})`;
  };
  const lit = (light: string, color: string): string => `label_replace(${outside(light)}, "light", "${color}", "", "")`;
  return {
    kpi,
    name: `Kpi${kpi.key.replace(/(^|_)([a-z0-9])/g, (_match, _gap, letter: string) => letter.toUpperCase())}OffTarget`,
    expr: `${lit('amber', 'red')} or on (${by}) ${lit('green', 'amber')}`,
    isForAll,
    period: kpi.period,
    which,
  };
}

/** How a value stands in an annotation. */
export function valueTemplate(unit: KpiUnit): string {
  return unit === 'share' ? '{{ $value | humanizePercentage }}' : '{{ $value | humanize }}';
}
