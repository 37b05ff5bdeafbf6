import type { BgNbdParameters } from './bg-nbd.ts';
import type { PurchaseModel, PurchaseSummary } from './purchase-model.ts';
import { type LivingCustomer, purchasesTillDropout } from './purchases-till-dropout.ts';

/**
 * MBG/NBD: Batislam, Denizel and Filiztekin (2007), "Empirical validation and comparison of models for customer base
 * analysis", International Journal of Research in Marketing 24(3), 201-209. As BG/NBD, but a customer may drop out after
 * the first purchase too, so who bought once is alive with a probability that falls with time.
 */
export const mbgNbd: PurchaseModel<BgNbdParameters> = {
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
  return 1 / (1 + (a / (b + x)) * Math.exp((r + x) * Math.log((alpha + T) / (alpha + tx))));
}

function living({ r, alpha, a, b }: BgNbdParameters, { x, T }: PurchaseSummary, horizon: number): LivingCustomer {
  return { shape: r + x, odds: horizon / (alpha + T), drop: a, stay: b + x + 1 };
}
