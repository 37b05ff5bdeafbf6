import { allKpis } from './all-kpis.ts';
import type { KpiDescription } from './kpi-definition.ts';
import type { Figure, GroupRule, KpisDocument, TargetRule, TargetsByPeriod } from './kpi-document.ts';
import type { Benchmark, KpiPlan, PlannedGroup, PlannedKpi, PlannedTargets } from './kpi-plan.ts';
import type { KpiTarget } from './kpi-target.ts';
import { readFigure } from './read-figure.ts';

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
  const { weight, owner, shared_with, review, targets, industry, benchmarks } = document.kpis[kpi.key];
  const figure = figureReader(kpi, minorPerMajor);
  const ofProfile = document.profiles[profile].targets[kpi.key] ?? {};
  return {
    key: kpi.key,
    weight,
    owner,
    department: document.owners[owner].department,
    sharedWith: shared_with,
    review,
    targets: planTargets(kpi, { ...targets, ...ofProfile }, figure),
    industry: figure(industry),
    benchmarks: benchmarks.map(({ from, to, text, source }): Benchmark => {
      return { least: figure(from), most: figure(to), text, source };
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
    return [key, kpi === undefined ? new Map() : planTargets(kpi, byPeriod, figureReader(kpi, minorPerMajor))];
  });
  return { name, label, department, slice: { dimension, value }, targets: new Map(planned) };
}

function planTargets(kpi: KpiDescription, rules: TargetsByPeriod, figure: FigureReader): PlannedTargets {
  const targets = kpi.periods.flatMap((period) => {
    const rule = rules[period] ?? rules.any;
    return rule === undefined ? [] : [[period, planTarget(rule, figure)] as const];
  });
  return new Map(targets);
}

function planTarget({ at_least, at_most, amber_from, amber_to }: TargetRule, figure: FigureReader): KpiTarget {
  return {
    green: { least: figure(at_least), most: figure(at_most) },
    amber: { least: figure(amber_from ?? at_least), most: figure(amber_to ?? at_most) },
  };
}

type FigureReader = (figure: Figure | null) => number | null;

function figureReader({ unit }: KpiDescription, minorPerMajor: number): FigureReader {
  return (figure) => (figure === null ? null : readFigure(figure, unit, minorPerMajor));
}
