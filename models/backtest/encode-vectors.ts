import { featureNames } from '../../services/core/features/feature-catalogue.ts';
import { createVectorEncoder } from '../../services/core/scoring/encode-vector.ts';
import type { ModelManifest } from '../../services/core/scoring/model-manifest.ts';
import { dataFileError } from '../training/data-file-error.ts';

/** Model inputs of raw feature vectors, row by row. */
export function encodeVectors(raw: Float64Array, model: Pick<ModelManifest, 'inputs' | 'closedForm'>): Float32Array {
  const rows = raw.length / featureNames.length;
  const encode = createVectorEncoder(model, featureNames);
  const encoded = new Float32Array(rows * model.inputs.length);
  for (let row = 0; row < rows; row++) {
    if (encode(raw, row * featureNames.length, encoded, row * model.inputs.length)) continue;
    throw dataFileError('A customer has amounts too large for the model; remove the orders with absurd amounts.');
  }
  return encoded;
}
