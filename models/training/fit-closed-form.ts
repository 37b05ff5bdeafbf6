import type { PurchaseModelName } from '../../services/core/btyd/purchase-model-of.ts';
import type { PurchaseSummary } from '../../services/core/btyd/purchase-model.ts';
import type { ModelClosedForm } from '../../services/core/scoring/model-manifest.ts';
import type { EpochDay } from '../../services/core/units.ts';
import { fitGammaGamma, type CustomerSpend } from '../btyd/fit-gamma-gamma.ts';
import { fitPurchases } from '../btyd/fit-purchases.ts';
import type { OrderHistory } from './order-history.ts';

export interface ClosedFormRequest {
  /** First day that is not looked at. */
  readonly at: EpochDay;
  readonly horizonDays: number;
  readonly minorPerMajor: number;
}

/**
 * Fits the buy-till-you-die parameters of a shop on its purchases before `at`. Time in days, money in major units, spend
 * over all purchase days, as `createClosedForm` reads them. Null where the history does not allow a fit.
 */
export function fitClosedForm(
  history: OrderHistory,
  model: PurchaseModelName,
  request: ClosedFormRequest,
): ModelClosedForm | null {
  const { summaries, spends } = summarize(history, request);
  const purchases = fitPurchases(model, summaries);
  const spend = fitGammaGamma(spends);
  if (!purchases.fitted || !spend.fitted) return null;
  const parameters = { model, purchases: purchases.parameters, spend: spend.parameters };
  return { horizonDays: request.horizonDays, parameters: parameters as ModelClosedForm['parameters'] };
}

function summarize(
  { customers }: OrderHistory,
  { at, minorPerMajor }: ClosedFormRequest,
): { summaries: PurchaseSummary[]; spends: CustomerSpend[] } {
  const summaries: PurchaseSummary[] = [];
  const spends: CustomerSpend[] = [];
  for (const orders of customers.values()) {
    const bought = orders.filter(({ day, amountMinor }) => day < at && amountMinor >= 0);
    if (bought.length === 0) continue;
    const days = new Set(bought.map(({ day }) => day)).size;
    const first = bought[0].day;
    summaries.push({ x: days - 1, tx: (bought.at(-1)?.day ?? first) - first, T: at - 1 - first });
    const total = bought.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
    spends.push({ purchases: days, mean: total / minorPerMajor / days });
  }
  return { summaries, spends };
}
