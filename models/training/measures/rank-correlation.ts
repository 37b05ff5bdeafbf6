import { rankValues } from './rank-values.ts';

/** Spearman's rank correlation, ties shared. NaN where one side does not vary. */
export function rankCorrelation(a: readonly number[], b: readonly number[]): number {
  const ranksA = rankValues(a);
  const ranksB = rankValues(b);
  const mean = (a.length + 1) / 2;
  let product = 0;
  let squaresA = 0;
  let squaresB = 0;
  ranksA.forEach((rank, i) => {
    const other = ranksB[i] - mean;
    product += (rank - mean) * other;
    squaresA += (rank - mean) ** 2;
    squaresB += other ** 2;
  });
  return product / Math.sqrt(squaresA * squaresB);
}
