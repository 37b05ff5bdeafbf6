/**
 * Outcomes of the customers of one arm. Sums of whole numbers, so that the order in which outcomes come in does not
 * matter; the squares of minor units do not fit a double, hence the bigint.
 */
export interface OutcomeSums {
  readonly customers: number;
  readonly sum: number;
  readonly sumOfSquares: bigint;
}

export const noOutcomes: OutcomeSums = { customers: 0, sum: 0, sumOfSquares: 0n };

/** Adds one customer's outcome: 0 or 1, or minor units. Anything but a safe integer is a RangeError. */
export function addOutcome(sums: OutcomeSums, outcome: number): OutcomeSums {
  if (!Number.isSafeInteger(outcome)) throw new RangeError(`An outcome must be a whole number, not ${outcome}.`);
  const square = BigInt(outcome) * BigInt(outcome);
  return { customers: sums.customers + 1, sum: sums.sum + outcome, sumOfSquares: sums.sumOfSquares + square };
}

export function meanOutcome({ customers, sum }: OutcomeSums): number {
  return customers === 0 ? Number.NaN : sum / customers;
}

/** Unbiased variance of one customer's outcome; NaN below two customers. */
export function outcomeVariance({ customers, sum, sumOfSquares }: OutcomeSums): number {
  if (customers < 2) return Number.NaN;
  const n = BigInt(customers);
  const total = BigInt(sum);
  return Number(n * sumOfSquares - total * total) / customers / (customers - 1);
}
