/** Spend of one purchase day is Gamma(p, nu), nu over customers Gamma(q, gamma); gamma in money. p, gamma > 0, q > 1. */
export interface GammaGammaParameters {
  readonly p: number;
  readonly q: number;
  readonly gamma: number;
}

/**
 * Expected spend per purchase day in the Gamma-Gamma model: Fader and Hardie (2013), "The Gamma-Gamma Model of Monetary
 * Value"; Fader, Hardie and Lee (2005), Journal of Marketing Research 42(4), 415-430. The mean of the customer, drawn
 * towards the mean of all the more, the fewer the purchases.
 * @param purchases purchase days that `meanSpend` is the mean of; with 0 the mean of all customers is returned
 * @param meanSpend money ≥ 0 per purchase day
 */
export function expectedSpendPerPurchase(
  { p, q, gamma }: GammaGammaParameters,
  purchases: number,
  meanSpend: number,
): number {
  if (purchases === 0) return (p * gamma) / (q - 1);
  return (p * (gamma + purchases * meanSpend)) / (p * purchases + q - 1);
}

/** A customer's mean spend is taken for known at least so well that its square has an expectation. */
const leastFreedom = 0.5;

/**
 * E[S²] / E[S]² of the spend S of N purchase days of a Gamma-Gamma customer, N independent of spend. The customer's mean
 * M is inverse gamma with shape A = p * purchases + q, so that E[M²] / E[M]² = (A - 1) / (A - 2); given M and N,
 * E[S²] = N² M² + N M² / p.
 * @param purchases purchase days that the mean spend is known from
 * @param expected E[N] > 0
 * @param square E[N²]
 */
export function squareOverMean(
  { p, q }: GammaGammaParameters,
  purchases: number,
  { expected, square }: { readonly expected: number; readonly square: number },
): number {
  const freedom = Math.max(p * purchases + q - 2, leastFreedom);
  return ((freedom + 1) / freedom) * ((square + expected / p) / (expected * expected));
}
