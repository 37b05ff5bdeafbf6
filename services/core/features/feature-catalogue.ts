import type { EpochDay } from '../units.ts';
import type { FeatureState } from './customer-state.ts';
import { cancellations } from './families/cancellations.ts';
import { purchaseLifetime } from './families/purchase-lifetime.ts';
import { purchaseRhythm } from './families/purchase-rhythm.ts';
import { purchaseWindows } from './families/purchase-windows.ts';
import type { FeatureFamily } from './feature-definition.ts';

/** Every feature family, in the order of the feature vector. New families go to the end. */
export const featureFamilies: readonly FeatureFamily[] = [
  purchaseWindows,
  purchaseRhythm,
  purchaseLifetime,
  cancellations,
];

/** Names of the features in the order of the vector. */
export const featureNames: readonly string[] = featureFamilies.flatMap((family) =>
  family.definitions.map((definition) => definition.name),
);

const indexes: ReadonlyMap<string, number> = new Map(featureNames.map((name, index) => [name, index]));

/** Place of a feature in the vector; null for a name that is no feature. */
export function featureIndex(name: string): number | null {
  return indexes.get(name) ?? null;
}

/**
 * Computes the feature vector: `featureNames.length` numbers, NaN where a feature is not defined. A window of W days
 * is [asOf - W, asOf).
 * @param asOf first business day not included; not before the block's own asOf, which the features already include
 * @param minorPerMajor minor units in one major unit of the reporting currency
 */
export function writeFeatures(state: FeatureState, asOf: EpochDay, minorPerMajor: number, out: Float64Array): void {
  const frame = { asOf, minorPerMajor };
  let at = 0;
  for (const family of featureFamilies) {
    family.write(state, frame, out, at);
    at += family.definitions.length;
  }
}
