const bins = 10;
const epsilon = 1e-6;

/**
 * Population stability index of `current` against `reference`: the sum over bins of (c - r) ln(c / r), the bins being
 * deciles of the reference and one of its own for what is undefined (NaN). Below .10 stable, to .25 to be watched, above
 * to be acted on. 0 for equal distributions.
 */
export function stabilityIndex(reference: ArrayLike<number>, current: ArrayLike<number>): number {
  const edges = decileEdges(reference);
  const [was, is] = [shares(reference, edges), shares(current, edges)];
  return was.reduce((sum, r, i) => {
    const [before, now] = [Math.max(r, epsilon), Math.max(is[i], epsilon)];
    return sum + (now - before) * Math.log(now / before);
  }, 0);
}

/** Upper bounds, each in its own bin, of all deciles but the last; values that fill several deciles have one bin. */
function decileEdges(values: ArrayLike<number>): number[] {
  const defined = Float64Array.from(values)
    .filter((value) => !Number.isNaN(value))
    .sort();
  if (defined.length === 0) return [];
  const edges = Array.from({ length: bins - 1 }, (_, i) => defined[Math.ceil(((i + 1) * defined.length) / bins) - 1]);
  return [...new Set(edges)];
}

function shares(values: ArrayLike<number>, edges: readonly number[]): number[] {
  const counts = new Array<number>(edges.length + 2).fill(0);
  for (const value of Array.from(values)) {
    const bin = edges.findIndex((edge) => value <= edge);
    counts[Number.isNaN(value) ? edges.length + 1 : bin < 0 ? edges.length : bin] += 1;
  }
  return counts.map((count) => count / values.length);
}
