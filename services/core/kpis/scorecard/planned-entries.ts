import { allKpis } from '../all-kpis.ts';
import type { KpiPlan, PlannedTargets } from '../kpi-plan.ts';
import type { PeriodKind } from '../period.ts';
import type { ScorecardEntry } from './scorecard-entry.ts';

/**
 * Every KPI of a plan, for one kind of period.
 * @param groupTargets targets of a customer group, which take the place of the plan's where it has its own
 */
export function plannedEntries(
  plan: KpiPlan,
  kind: PeriodKind,
  groupTargets?: ReadonlyMap<string, PlannedTargets>,
): readonly ScorecardEntry[] {
  return [...plan.kpis.values()].flatMap(({ key, weight, department, sharedWith, targets, industry }) => {
    const kpi = allKpis.get(key);
    if (kpi === undefined) return [];
    const own = groupTargets?.get(key)?.get(kind);
    return [
      {
        definition: kpi,
        formula: 'formula' in kpi ? kpi.formula : null,
        dimensions: 'formula' in kpi ? kpi.dimensions : [],
        weight,
        target: own ?? targets.get(kind) ?? null,
        owners: [...new Set([department, ...sharedWith])],
        industry,
      },
    ];
  });
}
