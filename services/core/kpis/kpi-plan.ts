import type { InTwoLanguages } from './kpi-definition.ts';
import type { ReferenceSet, ReportRule } from './kpi-document.ts';
import type { KpiSlice } from './kpi-dimension.ts';
import type { KpiRules } from './kpi-rules.ts';
import type { Bounds, KpiTarget } from './kpi-target.ts';
import type { PeriodKind } from './period.ts';

/** What a business has decided of its KPIs, for one tenant. Figures are in the KPIs' units: money in minor units, times in ms. */
export interface KpiPlan {
  /** The file's own and a digest of what stands in it. */
  readonly version: string;
  readonly profile: string;
  /** Without the calendar, which is the tenant's. */
  readonly counting: Omit<KpiRules, 'dayOf'>;
  /** By key; every KPI of the registry and every measured one is there. Weights add up to 100. */
  readonly kpis: ReadonlyMap<string, PlannedKpi>;
  readonly departments: ReadonlyMap<string, InTwoLanguages>;
  readonly owners: ReadonlyMap<string, { readonly label: InTwoLanguages; readonly department: string }>;
  readonly groups: readonly PlannedGroup[];
  readonly reports: ReadonlyMap<string, ReportRule>;
  readonly aliases: ReadonlyMap<string, string>;
  readonly ambiguous: ReadonlyMap<string, readonly string[]>;
  readonly referenceSets: ReadonlyMap<string, ReferenceSet>;
}

export type PlannedTargets = ReadonlyMap<PeriodKind, KpiTarget>;

export interface PlannedKpi {
  readonly key: string;
  /** Of 100; 0 does not count towards the composite score. */
  readonly weight: number;
  readonly owner: string;
  readonly department: string;
  /** Departments that answer for it too. */
  readonly sharedWith: readonly string[];
  readonly review: { readonly every: PeriodKind; readonly next: string };
  /** By kind of period; no entry where there is no target. */
  readonly targets: PlannedTargets;
  readonly industry: number | null;
  readonly benchmarks: readonly Benchmark[];
}

export interface Benchmark extends Bounds {
  readonly text: InTwoLanguages;
  readonly source: string;
}

/** A group of customers with targets of its own. */
export interface PlannedGroup {
  readonly name: string;
  readonly label: InTwoLanguages;
  readonly department: string;
  readonly slice: NonNullable<KpiSlice>;
  readonly targets: ReadonlyMap<string, PlannedTargets>;
}
