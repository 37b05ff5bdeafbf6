import type { PurchaseModel, PurchaseSummary } from './purchase-model.ts';
import { purchasesTillDropout } from './purchases-till-dropout.ts';

/** Rates are Gamma(r, alpha), alpha in time; the chance to drop out after a purchase is Beta(a, b). All > 0. */
export interface BgNbdParameters {
  readonly r: number;
  readonly alpha: number;
  readonly a: number;
  readonly b: number;
}

/**
 * BG/NBD: Fader, Hardie and Lee (2005), "'Counting Your Customers' the Easy Way: An Alternative to the Pareto/NBD
 * Model", Marketing Science 24(2), 275-284. Customers drop out after repeat purchases only: who bought once is alive.
 */
export const bgNbd: PurchaseModel<BgNbdParameters> = {
  parameterNames: ['r', 'alpha', 'a', 'b'],
  alive,
  active: (parameters, customer, horizon) =>
    alive(parameters, customer) *
    -Math.expm1(-(parameters.r + customer.x) * Math.log1p(horizon / (parameters.alpha + customer.T))),
  expectedPurchases: (parameters, customer, horizon) =>
    alive(parameters, customer) * momentIfAlive(parameters, customer, horizon, 1),
  momentIfAlive,
};

function alive({ r, alpha, a, b }: BgNbdParameters, { x, tx, T }: PurchaseSummary): number {
  if (x === 0) return 1;
  return 1 / (1 + (a / (b + x - 1)) * Math.exp((r + x) * Math.log((alpha + T) / (alpha + tx))));
}

function momentIfAlive(parameters: BgNbdParameters, customer: PurchaseSummary, horizon: number, power: 1 | 2): number {
  const living = {
    shape: parameters.r + customer.x,
    odds: horizon / (parameters.alpha + customer.T),
    drop: parameters.a,
    stay: parameters.b + customer.x,
  };
  return purchasesTillDropout(living, power);
}
