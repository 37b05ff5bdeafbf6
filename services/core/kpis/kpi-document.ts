import type { KpiDimension } from './kpi-dimension.ts';
import type { InTwoLanguages } from './kpi-definition.ts';
import type { PeriodKind } from './period.ts';

/** A file of KPIs as it is written: weights, targets, owners, reviews, and what counting depends on. */
export interface KpisDocument {
  readonly format: 1;
  readonly version: string;
  readonly counting: CountingRule;
  readonly departments: Readonly<Record<string, { readonly label: InTwoLanguages }>>;
  readonly owners: Readonly<Record<string, { readonly label: InTwoLanguages; readonly department: string }>>;
  /** Profile of tenants that `tenants` does not name. */
  readonly profile: string;
  readonly tenants: Readonly<Record<string, { readonly profile: string }>>;
  readonly profiles: Readonly<Record<string, { readonly label: InTwoLanguages; readonly targets: TargetsByKpi }>>;
  readonly kpis: Readonly<Record<string, KpiRule>>;
  readonly groups: Readonly<Record<string, GroupRule>>;
  readonly reports: Readonly<Record<string, ReportRule>>;
  readonly aliases: Readonly<Record<string, string>>;
  /** Names that different people use for different KPIs, with the keys that may be meant. */
  readonly ambiguous: Readonly<Record<string, readonly string[]>>;
  readonly reference_sets: Readonly<Record<string, ReferenceSet>>;
}

export interface CountingRule {
  readonly online_channels: readonly string[];
  readonly winback_playbooks: readonly string[];
  readonly attribution_days: number;
  readonly cross_sell_words: readonly string[];
}

/** In the KPI's unit, money in major units of the reporting currency (50); of times a text, `24h`, `500ms`. */
export type Figure = number | string;

export interface TargetRule {
  readonly at_least: Figure | null;
  readonly at_most: Figure | null;
  /** Down to, or up to, where it is amber; beyond it is red. Null: red at once. */
  readonly amber_from: Figure | null;
  readonly amber_to: Figure | null;
}

/** `any` holds for every kind of period that has no line of its own. */
export type TargetsByPeriod = Readonly<Partial<Record<PeriodKind | 'any', TargetRule>>>;
export type TargetsByKpi = Readonly<Record<string, TargetsByPeriod>>;

export interface KpiRule {
  readonly weight: number;
  readonly owner: string;
  /** Departments that answer for it besides the owner's. */
  readonly shared_with: readonly string[];
  /** How often weight, target and definition are looked at, and when next (`YYYY-MM-DD`). */
  readonly review: { readonly every: PeriodKind; readonly next: string };
  readonly targets: TargetsByPeriod;
  /** What the industry has, typed in; null where nobody knows. */
  readonly industry: Figure | null;
  readonly benchmarks: readonly BenchmarkRule[];
}

/** A figure that a handbook quotes: shown beside the KPI, never a target by itself and never a result. */
export interface BenchmarkRule {
  readonly from: Figure | null;
  readonly to: Figure | null;
  readonly text: InTwoLanguages;
  /** Number of the handbook. */
  readonly source: string;
}

/** A group of customers with targets of its own, the lowest level of the target tree. */
export interface GroupRule {
  readonly label: InTwoLanguages;
  readonly department: string;
  readonly dimension: KpiDimension;
  readonly value: string;
  readonly targets: TargetsByKpi;
}

export interface ReportRule {
  readonly label: InTwoLanguages;
  readonly every: readonly PeriodKind[];
  /** Empty: all. */
  readonly kpis: readonly string[];
}

/** Shares as a source gives them. They are never made to add up: where they do not, the set says so. */
export interface ReferenceSet {
  readonly label: InTwoLanguages;
  readonly source: string;
  readonly adds_up: boolean;
  readonly shares: Readonly<Record<string, number>>;
}
