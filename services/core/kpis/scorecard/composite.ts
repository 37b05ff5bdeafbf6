/** What goes into a composite. */
export interface Weighted {
  readonly weight: number;
  /** 0 to 100; null where there is no value or no target. */
  readonly achievement: number | null;
}

export interface Composite {
  /** Weighted mean of the achievements there are, 0 to 100; null where none with a weight has one. */
  readonly score: number | null;
  /** Weight behind the score, and weight there would be if every KPI had a value. */
  readonly coveredWeight: number;
  readonly weight: number;
}

/** Composite of those that have an achievement, their weights taken as if they were all; `coveredWeight` says how much they are. */
export function compositeOf(lines: readonly Weighted[]): Composite {
  let sum = 0;
  let coveredWeight = 0;
  let weight = 0;
  for (const line of lines) {
    weight += line.weight;
    if (line.achievement === null) continue;
    coveredWeight += line.weight;
    sum += line.weight * line.achievement;
  }
  return { score: coveredWeight > 0 ? sum / coveredWeight : null, coveredWeight, weight };
}
