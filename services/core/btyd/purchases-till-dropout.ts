/** Three digits below what a float32 model input can hold. */
const inputAccuracy = 1e-10;
const largestWeight = 1e200;

/** A living customer, as seen at the end of the observation. */
export interface LivingCustomer {
  /** Shape of the gamma distribution of the purchase rate. */
  readonly shape: number;
  /** Horizon over scale: t / (alpha + T). */
  readonly odds: number;
  /** The chance to drop out after a purchase is Beta(drop, stay). */
  readonly drop: number;
  readonly stay: number;
}

/**
 * Expected purchases of a living customer within a horizon, in the models whose customers may drop out after each
 * purchase (BG/NBD, MBG/NBD).
 *
 * The papers write it with 2F1 and a factor 1 / (a - 1): it cancels for small horizons, fails at a = 1 and overflows for
 * frequent buyers. This is the same number as a sum of positive terms. Without dropout the purchases K in the horizon
 * are negative binomial with P(K = k) proportional to w_k = (shape)_k / k! * z^k, z = odds / (1 + odds); the
 * j-th of them is made if the customer stayed after each one before it, with probability s_j = (stay)_{j-1} /
 * (drop + stay)_{j-1}. Hence E = sum_k w_k (s_1 + … + s_k) / sum_k w_k. The weights are divided down before they
 * overflow, so any shape and any horizon will do.
 * @param leftOut relative size of what is left out of the sum
 * @param power 2 gives the expected square of their number instead: its j-th term is 2j - 1 times that of the number
 */
export function purchasesTillDropout(
  { shape, odds, drop, stay }: LivingCustomer,
  power: 1 | 2 = 1,
  leftOut = inputAccuracy,
): number {
  const step = power === 2 ? 2 : 0;
  const z = odds / (1 + odds);
  const leave = drop + stay;
  let weight = 1;
  let weights = 1;
  let stays = 1;
  let made = 0;
  let sum = 0;
  for (let k = 0; ; k++) {
    const ratio = ((shape + k) / (k + 1)) * z;
    weight *= ratio;
    weights += weight;
    made += stays * (1 + step * k);
    const term = weight * made;
    sum += term;
    // Beyond the mode the terms fall as fast as a geometric series. Written so that NaN ends the loop, too.
    const fall = ratio > z ? ratio : z;
    if (!(fall >= 1 || term * fall > leftOut * sum * (1 - fall))) return sum / weights;
    stays *= (stay + k) / (leave + k);
    if (weight > largestWeight) {
      weight /= largestWeight;
      weights /= largestWeight;
      sum /= largestWeight;
    }
  }
}
