/**
 * Mean silhouette (Rousseeuw 1987) of points in clusters, Euclidean: how much nearer a point is to its own cluster than to
 * the next one, from -1 to 1. A point alone in its cluster counts 0. Time grows with the square of the points.
 */
export function meanSilhouette(points: readonly (readonly number[])[], clusters: readonly number[]): number {
  const count = Math.max(...clusters) + 1;
  const sizes = new Array<number>(count).fill(0);
  for (const cluster of clusters) sizes[cluster] += 1;
  let total = 0;
  points.forEach((point, i) => {
    const sums = new Array<number>(count).fill(0);
    points.forEach((other, j) => {
      sums[clusters[j]] += distance(point, other);
    });
    total += silhouette(sums, sizes, clusters[i]);
  });
  return total / points.length;
}

function silhouette(sums: readonly number[], sizes: readonly number[], own: number): number {
  if (sizes[own] < 2) return 0;
  const within = sums[own] / (sizes[own] - 1);
  const others = sums.map((sum, cluster) => sum / sizes[cluster]).filter((_, cluster) => cluster !== own && sizes[cluster] > 0);
  const next = Math.min(...others);
  const larger = Math.max(within, next);
  return larger > 0 && Number.isFinite(next) ? (next - within) / larger : 0;
} // prettier-ignore

function distance(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] - b[i]) ** 2;
  return Math.sqrt(sum);
}
