import type { ClosedFormParameters } from '../../../services/core/btyd/closed-form.ts';
import type { ModelClosedForm } from '../../../services/core/scoring/model-manifest.ts';
import { fitClosedForm, type ClosedFormRequest } from '../fit-closed-form.ts';
import type { OrderHistory } from '../order-history.ts';

/** What a model that knows no shop is told about one: its units, and its buy-till-you-die parameters. */
export interface FittedShop {
  /** Median of the orders, major units. */
  readonly medianOrder: number;
  /** Median of the days between one purchase day of a customer and the next. */
  readonly rhythmDays: number;
  /** Time in days, money in major units. */
  readonly closedForm: ModelClosedForm;
  /** Whether the parameters are the shop's own; with too few customers who came back they are a typical shop's. */
  readonly isOwn: boolean;
}

/** A typical shop: the one whose parameters stand in, in its own units. */
export interface TypicalShop {
  readonly rhythmDays: number;
  /** Time in days, money in median orders. */
  readonly parameters: ClosedFormParameters & { readonly model: 'mbg-nbd' };
}

/** The closed form of models that know no shop: as cheap as BG/NBD, and it doubts that one-time buyers are alive. */
const purchaseModel = 'mbg-nbd';

/**
 * Fits a shop on its orders before `at`, in seconds. What the history does not tell is taken from the typical shop, in
 * this shop's units.
 */
export function fitShop(history: OrderHistory, request: ClosedFormRequest, typical: TypicalShop): FittedShop {
  const { amounts, gaps } = measureOrders(history, request);
  const medianOrder = medianOf(amounts) ?? 1;
  const rhythmDays = medianOf(gaps) ?? typical.rhythmDays;
  const own = fitClosedForm(history, purchaseModel, request);
  const closedForm = own ?? {
    horizonDays: request.horizonDays,
    parameters: rescale(typical, { medianOrder, rhythmDays }),
  };
  return { medianOrder, rhythmDays, closedForm, isOwn: own !== null };
}

function measureOrders(
  { customers }: OrderHistory,
  { at, minorPerMajor }: ClosedFormRequest,
): { amounts: number[]; gaps: number[] } {
  const amounts: number[] = [];
  const gaps: number[] = [];
  for (const orders of customers.values()) {
    const bought = orders.filter(({ day, amountMinor }) => day < at && amountMinor >= 0);
    for (const { amountMinor } of bought) if (amountMinor > 0) amounts.push(amountMinor / minorPerMajor);
    for (let i = 1; i < bought.length; i++) {
      const gap = bought[i].day - bought[i - 1].day;
      if (gap > 0) gaps.push(gap);
    }
  }
  return { amounts, gaps };
}

function rescale(
  { rhythmDays, parameters }: TypicalShop,
  shop: { readonly medianOrder: number; readonly rhythmDays: number },
): ClosedFormParameters {
  const { purchases, spend } = parameters;
  return {
    model: purchaseModel,
    purchases: { ...purchases, alpha: purchases.alpha * (shop.rhythmDays / rhythmDays) },
    spend: { ...spend, gamma: spend.gamma * shop.medianOrder },
  };
}

function medianOf(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
