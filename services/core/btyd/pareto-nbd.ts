import { deathShare } from './death-share.ts';
import type { PurchaseModel, PurchaseSummary } from './purchase-model.ts';

/** Purchase rates are Gamma(r, alpha), death rates Gamma(s, beta), alpha and beta in time. All > 0. */
export interface ParetoNbdParameters {
  readonly r: number;
  readonly alpha: number;
  readonly s: number;
  readonly beta: number;
}

/**
 * Pareto/NBD: Schmittlein, Morrison and Colombo (1987), "Counting Your Customers: Who Are They and What Will They Do
 * Next?", Management Science 33(1), 1-24; formulas after Fader and Hardie (2005), "A Note on Deriving the Pareto/NBD
 * Model and Related Expressions". Customers die at any time, so who bought once may be dead as well.
 */
export const paretoNbd: PurchaseModel<ParetoNbdParameters> = {
  parameterNames: ['r', 'alpha', 's', 'beta'],
  alive,
  active: (parameters, customer, horizon) =>
    alive(parameters, customer) * Math.max(0, 1 - quietIfAlive(parameters, customer, horizon)),
  expectedPurchases: (parameters, customer, horizon) =>
    alive(parameters, customer) * momentIfAlive(parameters, customer, horizon, 1),
  momentIfAlive,
};

function alive({ r, alpha, s, beta }: ParetoNbdParameters, { x, tx, T }: PurchaseSummary): number {
  const k = r + x;
  const now = { rate: alpha + T, death: beta + T };
  const then = { rate: alpha + tx, death: beta + tx };
  const silence = Math.exp(-k * Math.log(now.rate / then.rate) - s * Math.log(now.death / then.death));
  // Rounding may leave the last bit above a certainty.
  return Math.min(1, silence / (silence * (1 - deathShare(k, s, now)) + deathShare(k, s, then)));
}

/** P(no purchase within the horizon | alive at T): alive and silent until its end, or dead before. */
function quietIfAlive({ r, alpha, s, beta }: ParetoNbdParameters, { x, T }: PurchaseSummary, horizon: number): number {
  const k = r + x;
  const now = { rate: alpha + T, death: beta + T };
  const end = { rate: now.rate + horizon, death: now.death + horizon };
  const silence = Math.exp(-k * Math.log1p(horizon / now.rate) - s * Math.log1p(horizon / now.death));
  return silence * (1 - deathShare(k, s, end)) + deathShare(k, s, now);
}

/** Given rate and lifetime the number is Poisson: its expected square is the mean and the mean's square. */
function momentIfAlive(
  { r, alpha, s, beta }: ParetoNbdParameters,
  { x, T }: PurchaseSummary,
  horizon: number,
  power: 1 | 2,
): number {
  const death = beta + T;
  const l = Math.log1p(horizon / death);
  const rate = (r + x) / (alpha + T);
  const mean = rate * death * decay(s - 1, l);
  if (power === 1) return mean;
  const squaredLife = 2 * death * death * Math.max(0, decay(s - 2, l) - decay(s - 1, l));
  return mean + rate * ((r + x + 1) / (alpha + T)) * squaredLife;
}

/** (1 - e^(-n l)) / n, also at n = 0. */
function decay(n: number, l: number): number {
  return n === 0 ? l : -Math.expm1(-n * l) / n;
}
