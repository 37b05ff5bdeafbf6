import type { Figure, KpisDocument, TargetRule, TargetsByKpi } from './kpi-document.ts';
import { kpiRegistry } from './kpi-registry.ts';
import { periodKinds } from './period.ts';

/**
 * What can be meant and seldom is, one sentence each, beginning with the place in the file: KPIs of one window and cohort
 * that make 100 % by what they are, with targets that do not.
 */
export function findKpiWarnings({ kpis, profiles, groups }: KpisDocument): readonly string[] {
  const base = Object.fromEntries(Object.entries(kpis).map(([key, { targets }]) => [key, targets]));
  return [
    ...complementWarnings('kpis', base, {}),
    ...Object.entries(profiles).flatMap(([name, { targets }]) =>
      complementWarnings(`profiles.${name}.targets`, targets, base),
    ),
    ...Object.entries(groups).flatMap(([name, { targets }]) =>
      complementWarnings(`groups.${name}.targets`, targets, {}),
    ),
  ];
}

/** Pairs of which at least one target is given here; the other may stand in `below`. */
function complementWarnings(place: string, targets: TargetsByKpi, below: TargetsByKpi): string[] {
  return kpiRegistry.flatMap(({ key, complement, direction }) => {
    if (complement === undefined || direction !== 'up') return [];
    if (targets[key] === undefined && targets[complement] === undefined) return [];
    const at = (name: string, kind: (typeof periodKinds)[number]): TargetRule | undefined => {
      const both = { ...below[name], ...targets[name] };
      return both[kind] ?? both.any;
    };
    const sums = new Set(periodKinds.flatMap((kind) => sumOf(at(key, kind)?.at_least, at(complement, kind)?.at_most)));
    return [...sums].map(
      (sum) =>
        `${place}: the targets of ${key} and ${complement} make ${sum} %; they have one window and one cohort and make 100 %`,
    );
  });
}

/** In percent, where it is not 100. */
function sumOf(kept: Figure | null | undefined, lost: Figure | null | undefined): number[] {
  if (typeof kept !== 'number' || typeof lost !== 'number') return [];
  const percent = Math.round((kept + lost) * 1e6) / 1e4;
  return percent === 100 ? [] : [percent];
}
