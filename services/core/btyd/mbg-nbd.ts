import type { BgNbdParameters } from './bg-nbd.ts';
import type { PurchaseModel, PurchaseSummary } from './purchase-model.ts';
import { purchasesTillDropout } from './purchases-till-dropout.ts';

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
    alive(parameters, customer) * momentIfAlive(parameters, customer, horizon, 1),
  momentIfAlive,
};

function alive({ r, alpha, a, b }: BgNbdParameters, { x, tx, T }: PurchaseSummary): number {
  return 1 / (1 + (a / (b + x)) * Math.exp((r + x) * Math.log((alpha + T) / (alpha + tx))));
}

function momentIfAlive(parameters: BgNbdParameters, customer: PurchaseSummary, horizon: number, power: 1 | 2): number {
  const living = {
    shape: parameters.r + customer.x,
    odds: horizon / (parameters.alpha + customer.T),
    drop: parameters.a,
    stay: parameters.b + customer.x + 1,
  };
  return purchasesTillDropout(living, power);
}
