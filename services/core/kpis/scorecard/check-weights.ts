/** What weights of KPIs must add up to. */
export const wholeWeight = 100;

const tolerance = 1e-9;

/** What is wrong with the weights, with what to do; null where nothing is. */
export function weightProblem(weights: ReadonlyMap<string, number>): string | null {
  for (const [key, weight] of weights) {
    if (!Number.isFinite(weight) || weight < 0) return `the weight of ${key} is ${weight}; give 0 or more.`;
  }
  const sum = [...weights.values()].reduce((all, weight) => all + weight, 0);
  if (Math.abs(sum - wholeWeight) <= tolerance) return null;
  const away = Number((wholeWeight - sum).toFixed(6));
  return `the weights of the KPIs add up to ${Number(sum.toFixed(6))}, not to 100; ${away > 0 ? `give out ${away} more` : `take away ${-away}`}.`;
}
