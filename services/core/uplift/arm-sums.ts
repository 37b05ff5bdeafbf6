import type { MinorUnits } from '../units.ts';
import { noOutcomes, type OutcomeSums } from './outcome-sums.ts';

/** What became of the customers of an arm. */
export interface ArmSums {
  /** Customers with a task, measured or not. */
  readonly opened: number;
  readonly measured: number;
  /** Of those measured. */
  readonly churn: OutcomeSums;
  readonly repurchase: OutcomeSums;
  /** In minor units of the reporting currency. */
  readonly revenue: OutcomeSums;
  readonly cost: MinorUnits;
}

export const emptyArm: ArmSums = {
  opened: 0,
  measured: 0,
  churn: noOutcomes,
  repurchase: noOutcomes,
  revenue: noOutcomes,
  cost: 0,
};

export function joinArms(a: ArmSums, b: ArmSums): ArmSums {
  return {
    opened: a.opened + b.opened,
    measured: a.measured + b.measured,
    churn: joinOutcomes(a.churn, b.churn),
    repurchase: joinOutcomes(a.repurchase, b.repurchase),
    revenue: joinOutcomes(a.revenue, b.revenue),
    cost: a.cost + b.cost,
  };
}

function joinOutcomes(a: OutcomeSums, b: OutcomeSums): OutcomeSums {
  return {
    customers: a.customers + b.customers,
    sum: a.sum + b.sum,
    sumOfSquares: a.sumOfSquares + b.sumOfSquares,
  };
}
