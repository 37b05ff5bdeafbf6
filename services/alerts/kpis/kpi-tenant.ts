import type { BusinessCalendar } from '../../core/events/business-day.ts';
import type { KpiPlan } from '../../core/kpis/kpi-plan.ts';
import type { KpiRules } from '../../core/kpis/kpi-rules.ts';

/** What KPIs need to know of a tenant. */
export interface KpiTenant {
  readonly id: string;
  readonly calendar: BusinessCalendar;
  /** Reporting currency, ISO 4217. */
  readonly currency: string;
  readonly rules: KpiRules;
  /** Weights, targets and owners in force now. */
  plan(): KpiPlan;
}

export interface KpiTenants {
  /** Null for one the installation does not have, also when it is read again. */
  find(id: string): Promise<KpiTenant | null>;
  /** Those known by now. */
  known(): readonly KpiTenant[];
}
