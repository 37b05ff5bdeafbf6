import type { LevelCutoff } from '../events/customer-record.ts';

/** Risk levels in rising order. */
export const levels = ['none', 'watch', 'high', 'critical'] as const;

export type Level = (typeof levels)[number];

/** Position in the rising order of levels, 0 for `none`. */
export function levelRank(level: Level): number {
  return levels.indexOf(level);
}

/**
 * The level of a probability, given the level before. A level is entered at its `enter` and kept until the probability
 * falls below its `exit`, so a value that wavers round a cut-off does not flap.
 * @param probability churn probability, 0 to 1
 * @param previous level of the customer's score before; `none` where there was none
 * @param cutoffs one per level above `none`, in rising order, exit <= enter
 */
export function nextLevel(probability: number, previous: Level, cutoffs: readonly LevelCutoff[]): Level {
  let level: Level = 'none';
  for (const cutoff of cutoffs) {
    const rank = levels.indexOf(cutoff.level as Level);
    const bound = rank <= levelRank(previous) ? cutoff.exit : cutoff.enter;
    if (probability >= bound) level = cutoff.level as Level;
  }
  return level;
}
