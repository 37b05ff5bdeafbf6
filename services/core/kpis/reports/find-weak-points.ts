import type { Measure } from '../benchmarks/measure-document.ts';
import type { Scorecard, ScorecardLine } from '../scorecard/scorecard.ts';
import type { WeakPoint } from './weak-point.ts';

/**
 * Every KPI that misses its target, those that cost the composite most first, then those that are furthest from it.
 * @param groups the same period by customer group
 */
export function findWeakPoints(
  whole: Scorecard,
  groups: readonly Scorecard[],
  measures: readonly Measure[],
): readonly WeakPoint[] {
  const { coveredWeight } = whole.composite;
  return whole.lines
    .flatMap((line) => {
      const { achievement, light, weight, handbook } = line;
      if (achievement === null || light === 'green') return [];
      const lostPoints = coveredWeight > 0 ? (weight * (100 - achievement)) / coveredWeight : 0;
      const fitting = measures.filter(({ kpis }) => kpis.includes(handbook));
      return [{ line, lostPoints, worst: worstGroup(line, groups), measures: fitting }];
    })
    .sort((a, b) => b.lostPoints - a.lostPoints || (a.line.achievement ?? 0) - (b.line.achievement ?? 0));
}

function worstGroup({ key }: ScorecardLine, groups: readonly Scorecard[]): WeakPoint['worst'] {
  let worst: WeakPoint['worst'] = null;
  for (const { slice, lines } of groups) {
    const line = lines.find((each) => each.key === key);
    if (slice === null || line === undefined) continue;
    const { value, achievement } = line;
    if (value === null || achievement === null || achievement >= 100) continue;
    if (worst === null || achievement < worst.achievement) worst = { slice, value, achievement };
  }
  return worst;
}
