import { featureNames, writeFeatures } from '../core/features/feature-catalogue.ts';
import { ownBlock } from '../core/features/own-block.ts';
import { gapMedian } from '../core/segments/gap-median.ts';
import type { ScoredRow, ScorerContext } from './scorer-context.ts';

const width = featureNames.length;

/** Keeps the customer's feature vector of this moment, to be scored with the others of the chunk. */
export function appendRow(context: ScorerContext, row: Omit<ScoredRow, 'asOf' | 'stateVersion' | 'gapMedian'>): void {
  const { state } = row.entry;
  const { asOf, features } = ownBlock(state);
  const at = context.rows.length * width;
  if (at + width > context.features.length) context.features = grown(context.features, at + width);
  writeFeatures(features, asOf, row.tenant.minorPerMajor, context.features.subarray(at, at + width));
  context.rows.push({ ...row, asOf, stateVersion: state.version, gapMedian: gapMedian(features.purchaseDays) });
}

function grown(features: Float64Array, needed: number): Float64Array {
  const larger = new Float64Array(Math.max(needed, features.length * 2));
  larger.set(features);
  return larger;
}
