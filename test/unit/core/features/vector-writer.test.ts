import { describe, expect, it } from 'vitest';
import { emptyFeatures } from '../../../../services/core/features/empty-state.ts';
import { featureFamilies } from '../../../../services/core/features/feature-catalogue.ts';
import type { FeatureFamily } from '../../../../services/core/features/feature-definition.ts';
import { featuresRevision } from '../../../../services/core/features/features-revision.ts';
import { createVectorWriter } from '../../../../services/core/features/vector-writer.ts';

function family(...sinces: readonly (number | undefined)[]): FeatureFamily {
  return {
    title: '',
    reads: '',
    definitions: sinces.map((since, i) => ({
      name: `feature_${i}`,
      unit: 'count',
      description: '',
      ...(since === undefined ? {} : { since }),
    })),
    write: (state, _frame, out, at) => sinces.forEach((_, i) => (out[at + i] = state.lifetimePurchases + i)),
  };
}

function vectorOf(revision: number): number[] {
  const families = [family(undefined, 3), family(2, 1)];
  const out = new Float64Array(4).fill(-1);
  createVectorWriter(families)({ ...emptyFeatures(), revision, lifetimePurchases: 7 }, 20_000, 100, out);
  return [...out];
}

describe('a feature that needs what earlier releases did not fold', () => {
  it.each([
    [1, [7, Number.NaN, Number.NaN, 8]],
    [2, [7, Number.NaN, 7, 8]],
    [3, [7, 8, 7, 8]],
    [4, [7, 8, 7, 8]],
  ])('is undefined on a state of an earlier revision than its own (state of revision %i)', (revision, vector) => {
    expect(vectorOf(revision)).toEqual(vector);
  });
});

describe('the revision of the feature set', () => {
  it('is the newest that a feature declares, and what new states begin with', () => {
    const since = featureFamilies.flatMap(({ definitions }) => definitions.map((each) => each.since ?? 1));
    expect(featuresRevision).toBe(Math.max(...since));
    expect(emptyFeatures().revision).toBe(featuresRevision);
  });
});
