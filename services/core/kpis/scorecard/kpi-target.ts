/** What a KPI is to reach, in its own unit: at least, at most, or anything from low to high. */
export type KpiTarget =
  | { readonly kind: 'at-least' | 'at-most'; readonly value: number }
  | { readonly kind: 'within'; readonly low: number; readonly high: number };
