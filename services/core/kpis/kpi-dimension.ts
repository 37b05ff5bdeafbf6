/** What KPIs are split by, through the HTTP interface only: none of them is bounded well enough for Prometheus. */
export const kpiDimensions = [
  'channel', 'region', 'store', 'tier', 'stage', 'staff', 'queue', 'playbook', 'campaign',
] as const; // prettier-ignore

export type KpiDimension = (typeof kpiDimensions)[number];

/** One part of the whole, `{ dimension: 'channel', value: 'web' }`; null is the whole. */
export type KpiSlice = { readonly dimension: KpiDimension; readonly value: string } | null;
