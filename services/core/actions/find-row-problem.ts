/** One row as a file gives it, before it is trusted. */
export interface LoggedRow {
  readonly arm: string;
  /** Null when the row has none. */
  readonly propensity: number | null;
  readonly reward: number | null;
}

/** Why a row cannot be used, as the end of a sentence; null when it can. */
export function findRowProblem({ arm, propensity, reward }: LoggedRow): string | null {
  if (arm === '') return 'the arm is empty; every row needs the action that was taken';
  if (propensity === null)
    return 'the propensity is missing; without the probability of the action nothing can be learnt about other ones';
  if (Number.isNaN(propensity)) return 'the propensity is not a number';
  if (propensity === 0)
    return 'the propensity is 0; an action that could not happen has happened, so the log is not what it says';
  if (propensity < 0 || propensity > 1)
    return `the propensity ${propensity} is not a probability above 0 and at most 1`;
  if (reward === null) return 'the reward is missing; write 0 where nothing came of the action';
  if (!Number.isFinite(reward)) return 'the reward is not a finite number';
  return null;
}
