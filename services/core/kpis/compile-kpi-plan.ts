import { allKpis } from './all-kpis.ts';
import type { KpiDescription, KpiUnit } from './kpi-definition.ts';
import type { GroupRule, KpisDocument, TargetRule, TargetsByPeriod } from './kpi-document.ts';
import type { Benchmark, KpiPlan, PlannedGroup, PlannedKpi, PlannedTargets } from './kpi-plan.ts';
import type { KpiTarget } from './kpi-target.ts';

export interface PlanFor {
  readonly tenant: string;
  /** Minor units in one major unit of the tenant's reporting currency. */
  readonly minorPerMajor: number;
}

/**
 * The plan of one tenant. A profile replaces the targets of the KPIs it names, kind of period by kind of period.
 * @param document without problems (`findKpiProblems`)
 */
export function compileKpiPlan(version: string, document: KpisDocument, { tenant, minorPerMajor }: PlanFor): KpiPlan {
  const profile = document.tenants[tenant]?.profile ?? document.profile;
  const kpis = [...allKpis.values()].map((kpi) => planKpi(kpi, document, profile, minorPerMajor));
  return {
    version,
    profile,
    counting: countingOf(document),
    kpis: new Map(kpis.map((kpi) => [kpi.key, kpi])),
    departments: new Map(Object.entries(document.departments).map(([name, { label }]) => [name, label])),
    owners: new Map(Object.entries(document.owners)),
    groups: Object.entries(document.groups).map(([name, group]) => planGroup(name, group, minorPerMajor)),
    reports: new Map(Object.entries(document.reports)),
    aliases: new Map(Object.entries(document.aliases)),
    ambiguous: new Map(Object.entries(document.ambiguous)),
    referenceSets: new Map(Object.entries(document.reference_sets)),
  };
}

function countingOf({ counting }: KpisDocument): KpiPlan['counting'] {
  return {
    onlineChannels: new Set(counting.online_channels),
    winbackPlaybooks: new Set(counting.winback_playbooks),
    attributionDays: counting.attribution_days,
    crossSellWords: counting.cross_sell_words,
  };
}

function planKpi(kpi: KpiDescription, document: KpisDocument, profile: string, minorPerMajor: number): PlannedKpi {
  const { weight, owner, review, targets, industry, benchmarks } = document.kpis[kpi.key];
  const factor = unitFactor(kpi.unit, minorPerMajor);
  const ofProfile = document.profiles[profile].targets[kpi.key] ?? {};
  return {
    key: kpi.key,
    weight,
    owner,
    department: document.owners[owner].department,
    review,
    targets: planTargets(kpi, { ...targets, ...ofProfile }, factor),
    industry: scaled(industry, factor),
    benchmarks: benchmarks.map(({ from, to, text, source }): Benchmark => {
      return { least: scaled(from, factor), most: scaled(to, factor), text, source };
    }),
  };
}

function planGroup(
  name: string,
  { label, department, dimension, value, targets }: GroupRule,
  minorPerMajor: number,
): PlannedGroup {
  const planned = Object.entries(targets).map(([key, byPeriod]): [string, PlannedTargets] => {
    const kpi = allKpis.get(key);
    return [key, kpi === undefined ? new Map() : planTargets(kpi, byPeriod, unitFactor(kpi.unit, minorPerMajor))];
  });
  return { name, label, department, slice: { dimension, value }, targets: new Map(planned) };
}

function planTargets(kpi: KpiDescription, rules: TargetsByPeriod, factor: number): PlannedTargets {
  const targets = kpi.periods.flatMap((period) => {
    const rule = rules[period] ?? rules.any;
    return rule === undefined ? [] : [[period, planTarget(rule, factor)] as const];
  });
  return new Map(targets);
}

function planTarget({ at_least, at_most, amber_from, amber_to }: TargetRule, factor: number): KpiTarget {
  return {
    green: { least: scaled(at_least, factor), most: scaled(at_most, factor) },
    amber: { least: scaled(amber_from ?? at_least, factor), most: scaled(amber_to ?? at_most, factor) },
  };
}

/** Files hold money in major units and times in hours. */
function unitFactor(unit: KpiUnit, minorPerMajor: number): number {
  if (unit === 'money') return minorPerMajor;
  return unit === 'milliseconds' ? 3_600_000 : 1;
}

function scaled(value: number | null, factor: number): number | null {
  return value === null ? null : value * factor;
}
