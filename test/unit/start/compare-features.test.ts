import { describe, expect, it } from 'vitest';
import { featureIndex, featureNames } from '../../../services/core/features/feature-catalogue.ts';
import { createFeatureComparison } from '../../../scripts/start/replay/compare-features.ts';
import { referenceColumns } from '../../../scripts/start/replay/reference-columns.ts';

function aVector(values: Record<string, number>): Float64Array {
  const vector = new Float64Array(featureNames.length).fill(Number.NaN);
  for (const [name, value] of Object.entries(values)) vector[featureIndex(name)!] = value;
  return vector;
}

function compare(row: Record<string, string>, values: Record<string, number> | null) {
  const comparison = createFeatureComparison();
  comparison.add(row, values === null ? null : aVector(values));
  return comparison.columns();
}

describe('the feature comparison', () => {
  it('knows every feature that it maps a column to', () => {
    for (const { feature } of Object.values(referenceColumns)) expect(featureIndex(feature)).not.toBeNull();
  });

  it('has counts equal or differing, and money within the rounding of its magnitude', () => {
    const row = { n_30: '2.0', amt_30: '1000000.0' };
    expect(compare(row, { purchase_days_30: 2, spend_30: 1_000_000.5 })).toEqual({
      n_30: { maxDiff: 0, differing: 0 },
      amt_30: { maxDiff: 0.5, differing: 0 },
    });
    expect(compare(row, { purchase_days_30: 3, spend_30: 1_000_002 })).toEqual({
      n_30: { maxDiff: 1, differing: 1 },
      amt_30: { maxDiff: 2, differing: 1 },
    });
  });

  it('takes an empty cell for undefined', () => {
    expect(compare({ gap_mean: '' }, {})).toEqual({ gap_mean: { maxDiff: 0, differing: 0 } });
    expect(compare({ gap_mean: '' }, { gap_mean: 4 })['gap_mean']).toMatchObject({ differing: 1 });
    expect(compare({ gap_mean: '4' }, {})['gap_mean']).toMatchObject({ differing: 1 });
  });

  it('counts a customer that nothing is stored of as differing', () => {
    expect(compare({ n_days: '3' }, null)['n_days']).toMatchObject({ differing: 1 });
  });

  it('leaves out columns that the reference does not have', () => {
    expect(Object.keys(compare({ n_days: '3', first_amount: '9' }, { purchase_days: 3 }))).toEqual(['n_days']);
  });
});
