import type { PurchaseSummary } from './purchase-model.ts';

/** Features of the raw vector that a purchase summary is read from. */
export const summaryReads = ['purchase_days', 'recency_days', 'tenure_days'] as const;

/**
 * Reads the summary, in days, of the raw feature vector at `raw[rawAt…]` into `out`.
 * @returns false for a customer without a purchase, and for what no history can be (not finite, more than 2,700 years),
 * where a series would have no end; `out` is then of no use
 */
export type SummaryReader = (
  raw: Float64Array,
  rawAt: number,
  out: { -readonly [K in keyof PurchaseSummary]: number },
) => boolean;

/** About 2,700 years: far beyond any history, and near enough for every series to end soon. */
const mostDays = 1e6;

/**
 * A raw vector of the day `asOf` knows the days up to asOf - 1, so that x = purchase_days - 1,
 * tx = tenure_days - recency_days, T = tenure_days - 1; what is to come begins at asOf.
 * @throws RangeError when a feature it reads is not in the vector
 */
export function createSummaryReader(featureNames: readonly string[]): SummaryReader {
  const [days, recency, tenure] = summaryReads.map((name) => columnOf(name, featureNames));
  return (raw, rawAt, out) => {
    out.x = raw[rawAt + days] - 1;
    out.tx = raw[rawAt + tenure] - raw[rawAt + recency];
    out.T = raw[rawAt + tenure] - 1;
    return out.x >= 0 && out.x <= out.T && out.tx >= 0 && out.tx <= out.T && out.T <= mostDays;
  };
}

function columnOf(name: string, featureNames: readonly string[]): number {
  const column = featureNames.indexOf(name);
  if (column < 0) throw new RangeError(`the closed form reads the feature ${name}, which the vector does not hold`);
  return column;
}
