import type { EpochDay } from '../units.ts';
import type { FeatureState } from './customer-state.ts';
import type { FeatureFamily } from './feature-definition.ts';

/**
 * Computes a feature vector: one number per definition, NaN where a feature is not defined for this customer. A window
 * of W days is [asOf - W, asOf).
 * @param asOf first business day not included; not before the block's own asOf, which the features already include
 * @param minorPerMajor minor units in one major unit of the reporting currency
 */
export type VectorWriter = (state: FeatureState, asOf: EpochDay, minorPerMajor: number, out: Float64Array) => void;

/** Writes the families one after the other; a feature is undefined on states begun before its `since` revision. */
export function createVectorWriter(families: readonly FeatureFamily[]): VectorWriter {
  const since = families.flatMap(({ definitions }) => definitions.map((definition) => definition.since ?? 1));
  const newest = Math.max(1, ...since);
  return (state, asOf, minorPerMajor, out) => {
    const frame = { asOf, minorPerMajor };
    let at = 0;
    for (const family of families) {
      family.write(state, frame, out, at);
      at += family.definitions.length;
    }
    if (state.revision >= newest) return;
    for (let i = 0; i < since.length; i++) if (state.revision < since[i]) out[i] = Number.NaN;
  };
}
