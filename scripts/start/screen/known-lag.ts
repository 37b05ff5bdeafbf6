/** What of `/readyz` the lag is told from. */
export interface LagSigns {
  readonly ready: boolean;
  readonly partitions: readonly { readonly lag: number | null }[];
}

/**
 * Records still to be scored; null while nobody can say. A service that has no partitions yet, or any more, or that is
 * not ready, has heard of no end: a sum of 0 would then be said of nothing.
 */
export function knownLag({ ready, partitions }: LagSigns): number | null {
  let sum = 0;
  for (const { lag } of partitions) {
    if (lag === null) return null;
    sum += lag;
  }
  return sum > 0 || (ready && partitions.length > 0) ? sum : null;
}
