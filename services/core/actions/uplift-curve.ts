import type { ExperimentLog } from './experiment-log.ts';
import type { UpliftOrder } from './uplift-order.ts';

/**
 * What treating a share of the customers gains per customer, best predictions first: `gain[k]` is the difference of the
 * mean rewards (weighted by inverse propensity) within the first `share[k]`, times that share. From (0, 0) to (1, average
 * effect). Rows with equal predictions form one step.
 */
export interface UpliftCurve {
  readonly share: readonly number[];
  readonly gain: readonly number[];
}

/** @param count how often a row counts (bootstrap); once when left out */
export function upliftCurve(
  { arm, propensity, reward }: ExperimentLog,
  { arms, rows, endsStep }: UpliftOrder,
  count: (row: number) => number = () => 1,
): UpliftCurve {
  let total = 0;
  for (const row of rows) total += count(row) / propensity[row];
  const weights = [0, 0];
  const rewards = [0, 0];
  const curve: { share: number[]; gain: number[] } = { share: [0], gain: [0] };
  rows.forEach((row, k) => {
    const side = arm[row] === arms.treated ? 1 : 0;
    const weight = count(row) / propensity[row];
    weights[side] += weight;
    rewards[side] += weight * reward[row];
    if (!endsStep[k] || weights[0] === 0 || weights[1] === 0) return;
    const share = (weights[0] + weights[1]) / total;
    curve.share.push(share);
    curve.gain.push(share * (rewards[1] / weights[1] - rewards[0] / weights[0]));
  });
  return curve;
}
