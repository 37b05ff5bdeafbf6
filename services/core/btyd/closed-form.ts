import { expectedSpendPerPurchase, type GammaGammaParameters } from './gamma-gamma.ts';
import { purchaseModelOf, type PurchaseModelName, type PurchaseParameters } from './purchase-model-of.ts';
import { createSummaryReader, summaryReads } from './read-summary.ts';

/** The model inputs that a closed form gives, in the order they are written. */
export const closedFormNames = ['btyd_expected_purchases', 'btyd_alive', 'btyd_active', 'btyd_expected_spend'] as const;

/** Features of the raw vector that the closed form reads. */
export const closedFormReads = [...summaryReads, 'spend_per_purchase_day'] as const;

/** Fitted parameters of one tenant. Time in days, money in major units, spend fitted on all purchase days. */
export type ClosedFormParameters = {
  readonly [M in PurchaseModelName]: {
    readonly model: M;
    readonly purchases: PurchaseParameters[M];
    readonly spend: GammaGammaParameters;
  };
}[PurchaseModelName];

/**
 * Writes the four inputs of the raw feature vector at `raw[rawAt…]` to `out[outAt…]`: expected purchase days within the
 * horizon, P(alive), P(at least one purchase day within the horizon), and expected spend within the horizon (expected
 * purchase days times expected spend per purchase day). All four are NaN for a customer without a
 * purchase, and for what no history can be (not finite, more than 2,700 years), where a series would have no end.
 */
export type ClosedForm = (raw: Float64Array, rawAt: number, out: Float64Array, outAt: number) => void;

/**
 * Builds the closed form of one model. A raw vector of the day `asOf` knows the days up to asOf - 1, so that
 * x = purchase_days - 1, tx = tenure_days - recency_days, T = tenure_days - 1; the horizon begins at asOf.
 * @param horizonDays > 0
 * @param featureNames names of the raw vector's columns, in order
 * @throws RangeError when a parameter or the horizon is out of range or a feature it reads is not in the vector
 */
export function createClosedForm(
  parameters: ClosedFormParameters,
  horizonDays: number,
  featureNames: readonly string[],
): ClosedForm {
  return parameters.model === 'pareto-nbd'
    ? closedFormOf(parameters, horizonDays, featureNames)
    : closedFormOf(parameters, horizonDays, featureNames);
}

function closedFormOf<M extends PurchaseModelName>(
  { model, purchases, spend }: { model: M; purchases: PurchaseParameters[M]; spend: GammaGammaParameters },
  horizonDays: number,
  featureNames: readonly string[],
): ClosedForm {
  refuseBadParameters({ ...purchases, ...spend, 'q - 1': spend.q - 1, horizonDays });
  const read = createSummaryReader(featureNames);
  const mean = featureNames.indexOf('spend_per_purchase_day');
  if (mean < 0)
    throw new RangeError('the closed form reads the feature spend_per_purchase_day, which the vector does not hold');
  const { alive, active, expectedPurchases } = purchaseModelOf(model);
  const customer = { x: 0, tx: 0, T: 0 };
  return (raw, rawAt, out, outAt) => {
    const meanSpend = raw[rawAt + mean];
    if (!read(raw, rawAt, customer) || !(meanSpend >= 0 && meanSpend < Infinity)) {
      out.fill(NaN, outAt, outAt + closedFormNames.length);
      return;
    }
    const expected = expectedPurchases(purchases, customer, horizonDays);
    out[outAt] = expected;
    out[outAt + 1] = alive(purchases, customer);
    out[outAt + 2] = active(purchases, customer, horizonDays);
    out[outAt + 3] = expected * expectedSpendPerPurchase(spend, customer.x + 1, meanSpend);
  };
}

function refuseBadParameters(values: Readonly<Record<string, number>>): void {
  const bad = Object.entries(values).find(([, value]) => !(value > 0 && value < Infinity));
  if (bad !== undefined) throw new RangeError(`${bad[0]} of the closed form must be above 0 and finite, not ${bad[1]}`);
}
