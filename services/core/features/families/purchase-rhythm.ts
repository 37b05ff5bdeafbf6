import type { FeatureState } from '../customer-state.ts';
import type { FeatureDefinition, FeatureFamily, VectorFrame } from '../feature-definition.ts';

const once = 'A late event counts on its own day, a duplicate never.';

const definitions: readonly FeatureDefinition[] = [
  {
    name: 'recency_days',
    unit: 'days',
    description: `Days from the last purchase day to asOf, at least 1; undefined without a purchase. ${once}`,
  },
  {
    name: 'tenure_days',
    unit: 'days',
    description: `Days from the first purchase day to asOf, at least 1; undefined without a purchase. ${once}`,
  },
  {
    name: 'gap_mean',
    unit: 'days',
    description: `Mean of the days between one purchase day and the next; undefined below two purchase days. ${once}`,
  },
  {
    name: 'gap_sd',
    unit: 'days',
    description: `Sample standard deviation of those gaps; undefined below three purchase days. ${once}`,
  },
  {
    name: 'gap_last',
    unit: 'days',
    description: `Days between the last two purchase days; undefined below two purchase days. ${once}`,
  },
  {
    name: 'gap_max',
    unit: 'days',
    description: `Longest gap between purchase days; undefined below two purchase days. ${once}`,
  },
  {
    name: 'recency_over_gap',
    unit: 'ratio',
    description: `recency_days / gap_mean: how overdue the next purchase is; undefined below two purchase days. ${once}`,
  },
];

function write(state: FeatureState, { asOf }: VectorFrame, out: Float64Array, at: number): void {
  out.fill(Number.NaN, at, at + definitions.length);
  const days = state.purchaseDays;
  const gaps = days.length - 1;
  if (gaps < 0) return;
  const recency = asOf - days[gaps];
  out[at] = recency;
  out[at + 1] = asOf - days[0];
  if (gaps === 0) return;
  const sum = days[gaps] - days[0];
  let sumOfSquares = 0;
  let longest = 0;
  for (let index = 1; index <= gaps; index++) {
    const gap = days[index] - days[index - 1];
    sumOfSquares += gap * gap;
    if (gap > longest) longest = gap;
  }
  const mean = sum / gaps;
  out[at + 2] = mean;
  // sums of whole days are exact, so the only rounding is in the last division and the root
  if (gaps > 1) out[at + 3] = Math.sqrt((gaps * sumOfSquares - sum * sum) / (gaps * (gaps - 1)));
  out[at + 4] = days[gaps] - days[gaps - 1];
  out[at + 5] = longest;
  out[at + 6] = recency / mean;
}

/** How regularly the customer buys, and how long ago the last purchase is; from the purchase days of the whole life. */
export const purchaseRhythm: FeatureFamily = {
  title: 'Rhythm of purchases',
  reads: 'The days of `order.placed`, for life.',
  definitions,
  write,
};
