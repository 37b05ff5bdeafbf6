import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';

/** Longer inputs are computed in slices, so that one call does not hold up the event loop. */
export const maxRowsPerCall = 512;

/**
 * Runs a one-input, one-output model over row-major `inputs`; every tensor is gone afterwards, also when it throws.
 * Each row's bits are the same whatever the batch it stands in, so nothing is padded.
 */
export function predictSlices(model: LayersModel, rows: number, inputs: Float32Array): Float32Array {
  if (rows === 0) return new Float32Array(0);
  const width = model.inputs[0].shape[1] ?? 0;
  const predictSlice = (from: number, count: number): Float32Array => {
    let heads = new Float32Array(0);
    tf.tidy(() => {
      const batch = tf.tensor2d(inputs.subarray(from * width, (from + count) * width), [count, width]);
      // Not the result of `tidy`, which would look for tensors in each single number.
      heads = (model.predictOnBatch(batch) as tf.Tensor).dataSync() as Float32Array<ArrayBuffer>;
    });
    return heads;
  };
  if (rows <= maxRowsPerCall) return predictSlice(0, rows);
  const heads = model.outputs[0].shape[1] ?? 0;
  const outputs = new Float32Array(rows * heads);
  for (let from = 0; from < rows; from += maxRowsPerCall) {
    outputs.set(predictSlice(from, Math.min(maxRowsPerCall, rows - from)), from * heads);
  }
  return outputs;
}
