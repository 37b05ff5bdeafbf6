/** A share that was counted, with its 95 % interval. */
export interface ObservedShare {
  readonly count: number;
  readonly of: number;
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

const z = 1.959963984540054;

/** Wilson's score interval (1927), right for few cases and shares near 0 and 1 too; null of nothing. */
export function observedShare(count: number, of: number): ObservedShare | null {
  if (of === 0) return null;
  const share = count / of;
  const middle = (share + (z * z) / (2 * of)) / (1 + (z * z) / of);
  const half = (z / (1 + (z * z) / of)) * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of));
  // At the ends the bound is the share itself; rounding must not put it beyond.
  return { count, of, share, low: count === 0 ? 0 : middle - half, high: count === of ? 1 : middle + half };
}
