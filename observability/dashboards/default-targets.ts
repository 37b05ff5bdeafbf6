import { compileKpiPlan } from '../../services/core/kpis/compile-kpi-plan.ts';
import type { PlannedTargets } from '../../services/core/kpis/kpi-plan.ts';
import { readKpis } from '../../services/platform/runtime/read-kpis.ts';

const { document } = await readKpis(null);

/** The targets that come with Tidewatch, by KPI; money as for a currency of two decimals. */
export const defaultTargets: ReadonlyMap<string, PlannedTargets> = new Map(
  [...compileKpiPlan('', document, { tenant: 'default', minorPerMajor: 100 }).kpis].map(([key, { targets }]) => [
    key,
    targets,
  ]),
);
