import { applyLinear } from './apply-linear.ts';
import { encodeContext } from './encode-context.ts';
import type { Policy } from './policy.ts';

export interface ChosenArm {
  readonly arm: string;
  /** Reward above giving everybody's best arm, as the models expect it; 0 where that arm is chosen. */
  readonly gain: number;
  /** Expected reward by arm; null when all are treated alike. */
  readonly values: readonly number[] | null;
}

/** The next best action for one customer. @param cells text of the context columns, in the policy's order */
export function chooseArm({ arms, bestArm, perCustomer }: Policy, cells: readonly string[]): ChosenArm {
  if (perCustomer === null) return { arm: bestArm, gain: 0, values: null };
  const inputs = encodeContext(perCustomer.columns, cells);
  const values = perCustomer.models.map((model) => applyLinear(model, inputs));
  const best = arms.indexOf(bestArm);
  let chosen = best;
  values.forEach((value, arm) => {
    if (value > values[chosen]) chosen = arm;
  });
  return { arm: arms[chosen], gain: values[chosen] - values[best], values };
}
