/**
 * Interval that holds the median the values are drawn around with at least 95 %, whatever their distribution: between two
 * of the values themselves, by the binomial law of how many lie below the median, as the sign test has it.
 * @returns null with fewer than six values, which cannot tell
 */
export function medianInterval(values: readonly number[]): readonly [number, number] | null {
  const n = values.length;
  // How many of the lowest may be left out: the chance of so many or fewer below the median is at most 2.5 %.
  let rank = 0;
  let chance = 0.5 ** n;
  for (let sum = chance; sum <= 0.025; sum += chance) {
    rank++;
    chance *= (n - rank + 1) / rank;
  }
  if (rank === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  return [sorted[rank - 1], sorted[n - rank]];
}
