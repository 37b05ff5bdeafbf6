/**
 * What a buy-till-you-die model knows of one customer. One purchase is one day with a purchase. The unit of time is that
 * of the fitted parameters.
 */
export interface PurchaseSummary {
  /** Purchases after the first one; an integer ≥ 0. */
  readonly x: number;
  /** Time from the first purchase to the last one; 0 when x is 0, never above T. */
  readonly tx: number;
  /** Time from the first purchase to the end of the observation; ≥ 0. */
  readonly T: number;
}

/** Predictions of a model with parameters P; all functions are pure, finite for positive finite parameters. */
export interface PurchaseModel<P> {
  /** Names of the parameters, in the order the papers give them. */
  readonly parameterNames: readonly (keyof P & string)[];
  /** P(alive): probability in [0, 1] that the customer has not dropped out by T. */
  alive(parameters: P, customer: PurchaseSummary): number;
  /** P(active): probability in [0, 1] of at least one purchase within (T, T + horizon]. */
  active(parameters: P, customer: PurchaseSummary, horizon: number): number;
  /** Expected purchases within (T, T + horizon], ≥ 0. */
  expectedPurchases(parameters: P, customer: PurchaseSummary, horizon: number): number;
  /**
   * Expected purchases (power 1), or expected square of their number (power 2), within (T, T + horizon] of a customer
   * who is alive at T; ≥ 0, right to 1e-5. Times P(alive) it is that of the customer.
   */
  momentIfAlive(parameters: P, customer: PurchaseSummary, horizon: number, power: 1 | 2): number;
}
