import { allKpis } from './all-kpis.ts';
import type { KpiDescription, KpiUnit } from './kpi-definition.ts';
import type { Figure, KpiRule, KpisDocument, TargetRule, TargetsByKpi, TargetsByPeriod } from './kpi-document.ts';
import { isMonthly, parsePeriod, type PeriodKind } from './period.ts';
import { readFigure } from './read-figure.ts';

/** What a schema cannot see, one sentence each, beginning with the place in the file. */
export function findKpiProblems(document: KpisDocument): readonly string[] {
  return [
    ...kpiProblems(document),
    ...weightProblems(document),
    ...ownerProblems(document),
    ...profileProblems(document),
    ...groupProblems(document),
    ...reportProblems(document),
    ...nameProblems(document),
    ...referenceProblems(document),
  ];
}

function kpiProblems(document: KpisDocument): string[] {
  const { kpis } = document;
  const missing = [...allKpis.keys()].filter((key) => kpis[key] === undefined);
  return [
    ...missing.map((key) => `kpis: "${key}" is missing; every KPI has an owner and a review`),
    ...Object.entries(kpis).flatMap(([key, rule]) => {
      const kpi = allKpis.get(key);
      return [...ruleProblems(`kpis.${key}`, rule, document), ...(kpi === undefined ? unknownKpi(`kpis.${key}`, key) : figureProblems(`kpis.${key}`, rule, kpi))]; // prettier-ignore
    }),
  ];
}

function ruleProblems(place: string, rule: KpiRule, { owners, departments }: KpisDocument): string[] {
  const { owner, shared_with, review } = rule;
  const problems: string[] = [];
  if (owners[owner] === undefined) problems.push(`${place}.owner: "${owner}" is none of the owners`);
  for (const [i, name] of shared_with.entries()) {
    if (departments[name] === undefined)
      problems.push(`${place}.shared_with.${i}: "${name}" is none of the departments`);
  }
  if (parsePeriod(review.next)?.kind !== 'day') problems.push(`${place}.review.next: "${review.next}" is no date`);
  return problems;
}

function figureProblems(place: string, rule: KpiRule, kpi: KpiDescription): string[] {
  const { weight, targets, industry, benchmarks } = rule;
  const problems = targetProblems(`${place}.targets`, kpi.key, targets);
  if (weight > 0 && Object.keys(targets).length === 0) {
    problems.push(`${place}.targets: has a weight and no target to measure it by`);
  }
  if (isOfOtherUnit(industry, kpi)) problems.push(`${place}.industry: ${writtenAs(kpi)}`);
  for (const [i, { from, to }] of benchmarks.entries()) {
    const isOther = isOfOtherUnit(from, kpi) || isOfOtherUnit(to, kpi);
    if (isOther) problems.push(`${place}.benchmarks.${i}: ${writtenAs(kpi)}`);
    else if (isAbove(from, to, kpi)) problems.push(`${place}.benchmarks.${i}.from: is more than "to"`);
  }
  return problems;
}

/** In whole hundredths of a percent, so that 33.33 three times is not 100 by a rounding error. */
function weightProblems({ kpis }: KpisDocument): string[] {
  const sum = Object.values(kpis).reduce((total, { weight }) => total + Math.round(weight * 100), 0);
  return sum === 10_000 ? [] : [`kpis: weights add up to ${sum / 100}; they must add up to 100`];
}

function ownerProblems({ owners, departments }: KpisDocument): string[] {
  return Object.entries(owners).flatMap(([name, { department }]) =>
    departments[department] === undefined
      ? [`owners.${name}.department: "${department}" is none of the departments`]
      : [],
  );
}

function profileProblems({ profile, profiles, tenants }: KpisDocument): string[] {
  const used = [
    ['profile', profile],
    ...Object.entries(tenants).map(([id, of]) => [`tenants.${id}.profile`, of.profile]),
  ];
  const unknown = used.flatMap(([place, name]) =>
    profiles[name] === undefined ? [`${place}: "${name}" is none of the profiles`] : [],
  );
  return [
    ...unknown,
    ...Object.entries(profiles).flatMap(([name, { targets }]) => targetsProblems(`profiles.${name}.targets`, targets)),
  ];
}

function groupProblems({ groups, departments }: KpisDocument): string[] {
  return Object.entries(groups).flatMap(([name, { department, dimension, targets }]) => {
    const problems = targetsProblems(`groups.${name}.targets`, targets);
    if (departments[department] === undefined) {
      problems.push(`groups.${name}.department: "${department}" is none of the departments`);
    }
    for (const key of Object.keys(targets)) {
      const kpi = allKpis.get(key);
      if (kpi === undefined || ('dimensions' in kpi && kpi.dimensions.includes(dimension))) continue;
      problems.push(`groups.${name}.targets.${key}: cannot be split by ${dimension}`);
    }
    return problems;
  });
}

function reportProblems({ reports }: KpisDocument): string[] {
  return Object.entries(reports).flatMap(([name, { kpis, every }]) => [
    ...kpis.flatMap((key, i) => [
      ...unknownKpi(`reports.${name}.kpis.${i}`, key),
      ...neverShown(`reports.${name}.kpis.${i}`, key, every),
    ]),
    ...every.flatMap((kind, i) =>
      isMonthly(kind) ? [] : [`reports.${name}.every.${i}: a report is of a month or longer, not of a ${kind}`],
    ),
  ]);
}

function neverShown(place: string, key: string, every: readonly PeriodKind[]): string[] {
  const kpi = allKpis.get(key);
  if (kpi === undefined || every.some((kind) => kpi.periods.includes(kind))) return [];
  return [`${place}: ${key} has a value for ${kpi.periods.join(', ')} alone, of which the report is not made`];
}

function nameProblems({ aliases, ambiguous }: KpisDocument): string[] {
  const problems = Object.entries(aliases).flatMap(([name, key]) => [
    ...unknownKpi(`aliases.${name}`, key),
    ...(allKpis.has(name) ? [`aliases.${name}: is the key of a KPI, which no alias may take`] : []),
    ...(ambiguous[name] === undefined
      ? []
      : [`aliases.${name}: is also under "ambiguous"; it can be in one of the two`]),
  ]);
  const keys = Object.entries(ambiguous).flatMap(([name, meant]) =>
    meant.flatMap((key, i) => unknownKpi(`ambiguous.${name}.${i}`, key)),
  );
  return [...problems, ...keys];
}

/** Shares are never made to add up behind anybody's back: a set says itself whether it does. */
function referenceProblems({ reference_sets }: KpisDocument): string[] {
  return Object.entries(reference_sets).flatMap(([name, { shares, adds_up }]) => {
    const sum = Math.round(Object.values(shares).reduce((total, share) => total + share, 0) * 1e6) / 1e6;
    if (adds_up === (sum === 1)) return [];
    const what = adds_up
      ? `shares add up to ${sum}, not to 1; say adds_up: false`
      : 'shares add up to 1; say adds_up: true';
    return [`reference_sets.${name}: ${what}`];
  });
}

function targetsProblems(place: string, targets: TargetsByKpi): string[] {
  return Object.entries(targets).flatMap(([key, byPeriod]) => [
    ...unknownKpi(`${place}.${key}`, key),
    ...targetProblems(`${place}.${key}`, key, byPeriod),
  ]);
}

function targetProblems(place: string, key: string, targets: TargetsByPeriod): string[] {
  const kpi = allKpis.get(key);
  if (kpi === undefined) return [];
  return Object.entries(targets).flatMap(([kind, rule]) => {
    const asked = kind === 'any' || kpi.periods.some((each) => each === kind);
    const unasked = asked ? [] : [`${place}.${kind}: ${key} cannot be asked for by ${kind}`];
    return [...unasked, ...boundProblems(`${place}.${kind}`, rule, kpi)];
  });
}

function boundProblems(place: string, rule: TargetRule, kpi: KpiDescription): string[] {
  const { at_least, at_most, amber_from, amber_to } = rule;
  const other = Object.entries(rule).filter(([, figure]) => isOfOtherUnit(figure as Figure | null, kpi));
  if (other.length > 0) return other.map(([name]) => `${place}.${name}: ${writtenAs(kpi)}`);
  const problems: string[] = [];
  if (at_least === null && at_most === null) problems.push(`${place}: needs at_least, at_most or both`);
  if (isAbove(at_least, at_most, kpi)) problems.push(`${place}.at_least: is more than at_most`);
  if (kpi.direction === 'up' && at_least === null) problems.push(`${place}: higher is better here; it needs at_least`);
  if (kpi.direction === 'down' && at_most === null) problems.push(`${place}: lower is better here; it needs at_most`);
  if (amber_from !== null && (at_least === null || isAbove(amber_from, at_least, kpi))) {
    problems.push(`${place}.amber_from: must be at_least or lower`);
  }
  if (amber_to !== null && (at_most === null || isAbove(at_most, amber_to, kpi))) {
    problems.push(`${place}.amber_to: must be at_most or higher`);
  }
  return problems;
}

/** Least and most a figure of the unit can be: 85 written for a share of 85 % would never be reached. */
const reach: Readonly<Partial<Record<KpiUnit, readonly [least: number, most: number]>>> = {
  share: [-1, 1],
  index: [0, 100],
  'net-score': [-100, 100],
};

function isOfOtherUnit(figure: Figure | null, { unit }: KpiDescription): boolean {
  if (figure === null) return false;
  const value = readFigure(figure, unit, 1);
  const [least, most] = reach[unit] ?? [-Infinity, Infinity];
  return value === null || value < least || value > most;
}

function isAbove(one: Figure | null, other: Figure | null, { unit }: KpiDescription): boolean {
  if (one === null || other === null) return false;
  return (readFigure(one, unit, 1) ?? NaN) > (readFigure(other, unit, 1) ?? NaN);
}

function writtenAs({ unit }: KpiDescription): string {
  if (unit === 'milliseconds') return 'must be a time like "24h" or "500ms"';
  if (unit === 'share') return 'must be a share of -1 to 1; write 85 % as 0.85';
  const within = reach[unit];
  return within === undefined ? 'must be a plain number, not a time' : `must be a number of ${within.join(' to ')}`;
}

function unknownKpi(place: string, key: string): string[] {
  return allKpis.has(key) ? [] : [`${place}: "${key}" is no KPI; docs/reference/kpis.md names them`];
}
