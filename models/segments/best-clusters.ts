import { kmeans } from 'ml-kmeans';

export interface Clusters {
  /** Of each point. */
  readonly clusters: readonly number[];
  readonly centroids: readonly (readonly number[])[];
}

/** Starts of which the best is kept; one may end in a poor place. */
const starts = 8;

/** k-means from several k-means++ starts: the one whose points lie nearest to their centres, by squares. */
export function bestClusters(points: readonly number[][], k: number, seed: number): Clusters {
  let best: Clusters | null = null;
  let least = Infinity;
  for (let start = 0; start < starts; start++) {
    const found = kmeans([...points], k, { seed: seed + start, initialization: 'kmeans++' });
    const error = squaredError(points, found);
    if (best !== null && error >= least) continue;
    best = found;
    least = error;
  }
  return best ?? { clusters: [], centroids: [] };
}

function squaredError(points: readonly number[][], { clusters, centroids }: Clusters): number {
  let total = 0;
  points.forEach((point, i) => {
    const centre = centroids[clusters[i]];
    for (let d = 0; d < point.length; d++) total += (point[d] - centre[d]) ** 2;
  });
  return total;
}
