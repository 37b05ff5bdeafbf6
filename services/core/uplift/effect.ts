import { meanOutcome, outcomeVariance, type OutcomeSums } from './outcome-sums.ts';

/** What treating changed, treated minus holdout, in the outcome's unit. */
export interface Effect {
  readonly treated: number;
  readonly holdout: number;
  readonly difference: number;
  /** 95 % interval, right for one look at a time fixed beforehand. */
  readonly low: number;
  readonly high: number;
  /** 95 % interval that holds however often it was looked at, and stopped on what was seen. */
  readonly alwaysLow: number;
  readonly alwaysHigh: number;
  readonly customers: { readonly treated: number; readonly holdout: number };
}

export interface Arms {
  readonly treated: OutcomeSums;
  readonly holdout: OutcomeSums;
}

/** Below this an arm has no interval worth showing: the normal approximation would promise too much. */
export const fewestCustomers = 30;

const z95 = 1.959963984540054;
const alpha = 0.05;
/** At how many customers the interval for any number of looks is tightest. */
const tightestAt = 2000;

/** The effect, by intention to treat; null while one of the arms has fewer than 30 customers. */
export function effectOf({ treated, holdout }: Arms): Effect | null {
  if (Math.min(treated.customers, holdout.customers) < fewestCustomers) return null;
  const difference = meanOutcome(treated) - meanOutcome(holdout);
  const variance = varianceOfMean(treated) + varianceOfMean(holdout);
  const once = z95 * Math.sqrt(variance);
  const customers = treated.customers + holdout.customers;
  const always = alwaysValidHalfWidth(customers, variance * customers);
  return {
    treated: meanOutcome(treated),
    holdout: meanOutcome(holdout),
    difference,
    low: difference - once,
    high: difference + once,
    alwaysLow: difference - always,
    alwaysHigh: difference + always,
    customers: { treated: treated.customers, holdout: holdout.customers },
  };
}

/**
 * Nobody bought, or everybody: the sample says that the variance is 0, which it is not. Then the variance of an arm in
 * which one more customer had done otherwise stands in for it.
 */
function varianceOfMean(sums: OutcomeSums): number {
  const variance = outcomeVariance(sums);
  return (variance > 0 ? variance : 1 / sums.customers) / sums.customers;
}

/**
 * Half the width of an asymptotic confidence sequence of level 95 % for a mean of `count` observations of the given
 * variance: Waudby-Smith, Arbour, Sinha, Kennedy, Ramdas (2024), Annals of Statistics 52(6), theorem 2.2.
 */
export function alwaysValidHalfWidth(count: number, variance: number): number {
  const rhoSquared = (-2 * Math.log(alpha) + Math.log(-2 * Math.log(alpha)) + 1) / tightestAt;
  const scaled = count * rhoSquared + 1;
  return Math.sqrt(((2 * variance * scaled) / (count * count * rhoSquared)) * Math.log(Math.sqrt(scaled) / alpha));
}
