/**
 * The policy that takes the arm of the largest value in each row; of equal ones the first in `order`.
 * @param values rows x arms
 * @param order all arms, the preferred one first
 * @returns probabilities 0 or 1, rows x arms
 */
export function greedyPolicy(values: Float64Array, order: readonly number[]): Float64Array {
  const width = order.length;
  const policy = new Float64Array(values.length);
  for (let from = 0; from < values.length; from += width) {
    let best = order[0];
    for (const arm of order) if (values[from + arm] > values[from + best]) best = arm;
    policy[from + best] = 1;
  }
  return policy;
}
