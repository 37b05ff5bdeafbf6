import type { ClosedFormParameters } from '../btyd/closed-form.ts';
import { squareOverMean, type GammaGammaParameters } from '../btyd/gamma-gamma.ts';
import { purchaseModelOf, type PurchaseModelName, type PurchaseParameters } from '../btyd/purchase-model-of.ts';
import { createSummaryReader } from '../btyd/read-summary.ts';

/** How a customer's purchases go on after the first days of the horizon, as a buy-till-you-die model says. */
export interface PurchaseOutlook {
  /** Expected discounted purchases within the first days, over expected purchases within them. */
  near: number;
  /** Expected discounted purchases from then to the end of the horizon, over expected purchases within the first days. */
  far: number;
  /** P(no purchase in the whole horizon | none within the first days). */
  staysSilent: number;
  /** E[S²] / E[S]² of the spend S within the horizon, given at least one purchase. */
  squareOverMean: number;
}

/**
 * Writes the outlook of the raw feature vector at `raw[rawAt…]`. A customer without a purchase is taken for one whose
 * first purchase is today and of unknown amount. Whether the customer is still alive plays no part but in `staysSilent`.
 */
export type OutlookWriter = (raw: Float64Array, rawAt: number, out: PurchaseOutlook) => void;

export interface OutlookHorizon {
  /** The first days, > 0. */
  readonly nearDays: number;
  /** ≥ nearDays. */
  readonly horizonDays: number;
  /** Per year, ≥ 0. */
  readonly discountRate: number;
}

/** @throws RangeError when a feature it reads is not in the vector */
export function createPurchaseOutlook(
  parameters: ClosedFormParameters,
  horizon: OutlookHorizon,
  featureNames: readonly string[],
): OutlookWriter {
  return parameters.model === 'pareto-nbd'
    ? outlookOf(parameters, horizon, featureNames)
    : outlookOf(parameters, horizon, featureNames);
}

/** Gauss-Legendre on [-1, 1]: right to 1e-3 of the purchases over five years at 25 % a year. */
const nodes = [-Math.sqrt(0.6), 0, Math.sqrt(0.6)] as const;
const weights = [5 / 9, 8 / 9, 5 / 9] as const;
const daysPerYear = 365.25;

function outlookOf<M extends PurchaseModelName>(
  { model, purchases, spend }: { model: M; purchases: PurchaseParameters[M]; spend: GammaGammaParameters },
  { nearDays, horizonDays, discountRate }: OutlookHorizon,
  featureNames: readonly string[],
): OutlookWriter {
  const read = createSummaryReader(featureNames);
  const { alive, active, momentIfAlive } = purchaseModelOf(model);
  const customer = { x: 0, tx: 0, T: 0 };
  const force = Math.log1p(discountRate) / daysPerYear;
  const expected = (days: number): number => momentIfAlive(purchases, customer, days, 1);
  /** Purchases after the near days times e^(-force t): by parts, so that the curve is integrated and not its slope. */
  const discounted = (soon: number, atEnd: number): number => {
    if (force === 0) return atEnd - soon;
    const half = (horizonDays - nearDays) / 2;
    let area = 0;
    for (let i = 0; i < nodes.length; i++) {
      const day = nearDays + half * (1 + nodes[i]);
      area += weights[i] * Math.exp(-force * day) * expected(day);
    }
    return Math.exp(-force * horizonDays) * atEnd - Math.exp(-force * nearDays) * soon + force * half * area;
  };
  // over so few days the curve is nearly straight: right to 1e-3 at 25 % a year
  const near = Math.exp((-force * nearDays) / 2);
  return (raw, rawAt, out) => {
    const isCustomer = read(raw, rawAt, customer);
    if (!isCustomer) customer.x = customer.tx = customer.T = 0;
    const soon = expected(nearDays);
    const atEnd = expected(horizonDays);
    const living = alive(purchases, customer);
    const activeAtEnd = active(purchases, customer, horizonDays);
    const silentSoon = 1 - active(purchases, customer, nearDays);
    const square = momentIfAlive(purchases, customer, horizonDays, 2);
    const known = isCustomer ? customer.x + 1 : 0;
    out.near = near;
    out.far = horizonDays === nearDays ? 0 : discounted(soon, atEnd) / soon;
    // who is dead or silent with a probability below what a double can hold is neither here nor there
    out.staysSilent = silentSoon > 0 ? Math.min(1, (1 - activeAtEnd) / silentSoon) : 1;
    const activeIfAlive = living > 0 ? Math.min(1, activeAtEnd / living) : 1;
    out.squareOverMean = squareOverMean(spend, known, { expected: atEnd, square }) * activeIfAlive;
  };
}
