import type { PurchaseModel, PurchaseSummary } from './purchase-model.ts';
import { type LivingCustomer, purchasesTillDropout } from './purchases-till-dropout.ts';

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
    alive(parameters, customer) * purchasesTillDropout(living(parameters, customer, horizon)),
  momentIfAlive: (parameters, customer, horizon, power) =>
    purchasesTillDropout(living(parameters, customer, horizon), power, 1e-6),
};

function alive({ r, alpha, a, b }: BgNbdParameters, { x, tx, T }: PurchaseSummary): number {
  if (x === 0) return 1;
  return 1 / (1 + (a / (b + x - 1)) * Math.exp((r + x) * Math.log((alpha + T) / (alpha + tx))));
}

function living({ r, alpha, a, b }: BgNbdParameters, { x, T }: PurchaseSummary, horizon: number): LivingCustomer {
  return { shape: r + x, odds: horizon / (alpha + T), drop: a, stay: b + x };
}
