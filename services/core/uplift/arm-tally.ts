import type { MinorUnits } from '../units.ts';
import type { ArmSums } from './arm-sums.ts';
import type { Arm } from './assign-arm.ts';

/** Customers that were drawn alike: of one playbook, segment and share of the holdout, into one arm. */
export interface Draw {
  readonly tenant: string;
  readonly playbook: string;
  /** Of the customer as the task was opened; null where the task tells none. */
  readonly segment: string | null;
  readonly holdoutShare: number;
  readonly arm: Arm;
}

/** Whether chance decided on the arm. */
export function isDrawn({ holdoutShare }: Draw): boolean {
  return holdoutShare > 0 && holdoutShare < 1;
}

/** What one customer adds to the tally of its draw. */
export interface CustomerOutcome {
  /** Null until the window of the effect has ended. */
  readonly measured: {
    readonly churned: boolean;
    readonly repurchased: boolean;
    readonly revenueMinor: MinorUnits;
  } | null;
  /** Of the tasks that were acted on within the window. */
  readonly cost: MinorUnits;
}

/** What became of the customers of a draw. Sums of whole numbers, exact in any order. */
export class ArmTally {
  readonly draw: Draw;
  #opened = 0;
  #measured = 0;
  #churned = 0;
  #repurchased = 0;
  #cost: MinorUnits = 0;
  #revenue: MinorUnits = 0;
  #revenueSquares = 0n;

  constructor(draw: Draw) {
    this.draw = draw;
  }

  /** Adds a customer, or with -1 takes away what was added. */
  count({ measured, cost }: CustomerOutcome, sign: 1 | -1): void {
    this.#opened += sign;
    if (measured === null) return;
    const { churned, repurchased, revenueMinor } = measured;
    this.#measured += sign;
    this.#churned += churned ? sign : 0;
    this.#repurchased += repurchased ? sign : 0;
    this.#cost += sign * cost;
    this.#revenue += sign * revenueMinor;
    this.#revenueSquares += BigInt(sign) * BigInt(revenueMinor) ** 2n;
  }

  /** Customers with a task, measured or not. */
  get opened(): number {
    return this.#opened;
  }

  sums(): ArmSums {
    const customers = this.#measured;
    return {
      opened: this.#opened,
      measured: customers,
      churn: { customers, sum: this.#churned, sumOfSquares: BigInt(this.#churned) },
      repurchase: { customers, sum: this.#repurchased, sumOfSquares: BigInt(this.#repurchased) },
      revenue: { customers, sum: this.#revenue, sumOfSquares: this.#revenueSquares },
      cost: this.#cost,
    };
  }
}
