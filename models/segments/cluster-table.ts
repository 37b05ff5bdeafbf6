import { featureNames } from '../../services/core/features/feature-catalogue.ts';
import { dataFileError } from '../training/data-file-error.ts';
import { bestClusters } from './best-clusters.ts';
import { clusterLabel } from './cluster-label.ts';
import { meanSilhouette } from './mean-silhouette.ts';
import type { SegmentTable } from './segment-table.ts';

/** What customers are told apart by; amounts and counts by their logarithm, all in standard deviations. */
export const clusterFeatures = [
  'recency_days', 'tenure_days', 'purchase_days_365', 'spend_365', 'spend_per_purchase_day', 'cancellations',
] as const; // prettier-ignore

export interface Cluster {
  readonly name: string;
  readonly label: { readonly en: string; readonly zhCN: string };
  readonly customers: number;
  /** In standard deviations from the mean of all customers, in the order of `features`. */
  readonly centroid: readonly number[];
}

export interface Clustering {
  /** Features that differ between customers. */
  readonly features: readonly string[];
  /** The highest spend of the last year first. */
  readonly clusters: readonly Cluster[];
  /** Of each customer of the table. */
  readonly places: readonly number[];
  /** Mean silhouette by number of clusters that was tried, on a sample. */
  readonly silhouettes: ReadonlyMap<number, number>;
}

const most = { clusters: 8, sample: 1_500 } as const;

/**
 * Finds groups of customers by k-means from k-means++ starts.
 * @param wanted number of clusters; null for the one of 2 to 8 with the highest mean silhouette
 * @throws ERR_DATA_FILE when there are too few customers, or they are all alike
 */
export function clusterTable({ customers, raw }: SegmentTable, wanted: number | null, seed: number): Clustering {
  const { points, features } = standardise(raw, customers.length);
  if (features.length === 0 || customers.length < 2 * Math.max(wanted ?? 0, most.clusters))
    throw dataFileError('There are too few customers, or too little that tells them apart, to find groups; give more orders.'); // prettier-ignore
  const silhouettes = new Map<number, number>();
  const sample = everyNth(points, most.sample);
  if (wanted === null) {
    for (let k = 2; k <= most.clusters; k++)
      silhouettes.set(k, meanSilhouette(sample, bestClusters(sample, k, seed).clusters));
  }
  const k = wanted ?? [...silhouettes].reduce((best, each) => (each[1] > best[1] ? each : best))[0];
  const { clusters, centroids } = bestClusters(points, k, seed);
  const spend = features.indexOf('spend_365');
  const order = centroids.map((_, i) => i).sort((a, b) => (centroids[b][spend] ?? 0) - (centroids[a][spend] ?? 0));
  const placeOf = new Map(order.map((cluster, place) => [cluster, place]));
  const places = clusters.map((cluster) => placeOf.get(cluster) ?? 0);
  return {
    features,
    silhouettes,
    places,
    clusters: order.map((cluster, place) => ({
      name: `group-${place + 1}`,
      label: clusterLabel(features, centroids[cluster]),
      customers: places.filter((each) => each === place).length,
      centroid: centroids[cluster],
    })),
  };
}

/** Undefined figures count as the mean. */
function standardise(raw: Float64Array, rows: number): { points: number[][]; features: string[] } {
  const points = Array.from({ length: rows }, (): number[] => []);
  const features: string[] = [];
  for (const feature of clusterFeatures) {
    const column = featureNames.indexOf(feature);
    const values = points.map((_, row) => signedLog(raw[row * featureNames.length + column]));
    const known = values.filter((value) => !Number.isNaN(value));
    const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
    const sd = Math.sqrt(known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / known.length);
    if (!(sd > 1e-9)) continue;
    features.push(feature);
    values.forEach((value, row) => points[row].push(Number.isNaN(value) ? 0 : (value - mean) / sd));
  }
  return { points, features };
}

function signedLog(value: number): number {
  return Math.sign(value) * Math.log1p(Math.abs(value));
}

function everyNth<T>(rows: readonly T[], at: number): T[] {
  if (rows.length <= at) return [...rows];
  return Array.from({ length: at }, (_, i) => rows[Math.floor((i * rows.length) / at)]);
}
