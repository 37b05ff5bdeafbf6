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
