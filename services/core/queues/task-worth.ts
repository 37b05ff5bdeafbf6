import type { MinorUnits } from '../units.ts';

/** What the order of a queue is made of. */
export interface TaskStakes {
  /** Of losing the customer within 90 days, 0 to 1. */
  readonly churn: number;
  /** Margin that would be lost, in minor units of the reporting currency; null where no model says. */
  readonly value: MinorUnits | null;
  /** Share of the churn that acting takes away, 0 to 1: measured, or what the playbook expects. */
  readonly expectedEffect: number;
  readonly cost: MinorUnits;
}

/** P(churn) × value at stake × expected effect − cost, in minor units: what acting is worth. */
export function taskWorth({ churn, value, expectedEffect, cost }: TaskStakes): number {
  return churn * Math.max(0, value ?? 0) * expectedEffect - cost;
}
