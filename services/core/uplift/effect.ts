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
const usualError = 0.05;
/** At how many customers the interval for any number of looks is tightest. */
const tightestAt = 2000;

/**
 * The effect, by intention to treat; null while one of the arms has fewer than 30 customers.
 * @param strata groups whose customers were drawn alike, each into both arms; compared within, and weighed by size. One
 *   without two customers in each arm is left out, and so are its customers from the counts.
 * @param error of the interval for any number of looks: 0.05, or less where several verdicts share it
 */
export function effectOf(strata: readonly Arms[], error = usualError): Effect | null {
  const compared = strata.filter(({ treated, holdout }) => Math.min(treated.customers, holdout.customers) > 1);
  const customers = {
    treated: compared.reduce((sum, { treated }) => sum + treated.customers, 0),
    holdout: compared.reduce((sum, { holdout }) => sum + holdout.customers, 0),
  };
  if (Math.min(customers.treated, customers.holdout) < fewestCustomers) return null;
  const count = customers.treated + customers.holdout;
  const weigh = (figure: (arms: Arms) => number, power = 1): number =>
    compared.reduce((sum, arms) => sum + (sizeOf(arms) / count) ** power * figure(arms), 0);
  const treated = weigh((arms) => meanOutcome(arms.treated));
  const holdout = weigh((arms) => meanOutcome(arms.holdout));
  const variance = weigh(varianceOfDifference, 2);
  const once = z95 * Math.sqrt(variance);
  const always = alwaysValidHalfWidth(count, variance * count, error);
  const difference = treated - holdout;
  return {
    treated,
    holdout,
    difference,
    low: difference - once,
    high: difference + once,
    alwaysLow: difference - always,
    alwaysHigh: difference + always,
    customers,
  };
}

function sizeOf({ treated, holdout }: Arms): number {
  return treated.customers + holdout.customers;
}

function varianceOfDifference({ treated, holdout }: Arms): number {
  return varianceOfMean(treated, holdout) + varianceOfMean(holdout, treated);
}

/**
 * Nobody of an arm bought, or everybody: the sample says that the variance is 0, which it is not. Then that of the other
 * arm stands in for it, and where that is 0 too, the variance of an arm in which one more customer had done otherwise.
 */
function varianceOfMean(sums: OutcomeSums, other: OutcomeSums): number {
  return (outcomeVariance(sums) || outcomeVariance(other) || 1 / sums.customers) / sums.customers;
}

/**
 * Half the width of an asymptotic confidence sequence for a mean of `count` observations of the given variance, which
 * misses it at any time with probability `error`: Waudby-Smith, Arbour, Sinha, Kennedy, Ramdas (2024), Annals of
 * Statistics 52(6), theorem 2.2.
 */
export function alwaysValidHalfWidth(count: number, variance: number, error = usualError): number {
  const rhoSquared = (-2 * Math.log(error) + Math.log(-2 * Math.log(error)) + 1) / tightestAt;
  const scaled = count * rhoSquared + 1;
  return Math.sqrt(((2 * variance * scaled) / (count * count * rhoSquared)) * Math.log(Math.sqrt(scaled) / error));
}
