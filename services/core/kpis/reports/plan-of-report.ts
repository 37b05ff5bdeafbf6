import type { KpiPlan } from '../kpi-plan.ts';

/**
 * The plan with the KPIs of one of its reports alone; the weights stay as they are.
 * @param key one of `plan.reports`
 */
export function planOfReport(plan: KpiPlan, key: string): KpiPlan {
  const rule = plan.reports.get(key);
  if (rule === undefined) throw new RangeError(`the plan ${plan.version} has no report "${key}"`);
  if (rule.kpis.length === 0) return plan;
  const wanted = new Set(rule.kpis);
  return { ...plan, kpis: new Map([...plan.kpis].filter(([name]) => wanted.has(name))) };
}
