import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { maxRowsPerCall } from './predict-slices.ts';

/**
 * Gradients, with respect to row-major `inputs`, of each row's sum of heads weighted with `headWeights` (as many rows);
 * every tensor is gone afterwards.
 */
export function inputGradients(model: LayersModel, inputs: Float32Array, headWeights: Float32Array): Float32Array {
  const width = model.inputs[0].shape[1] ?? 0;
  const heads = model.outputs[0].shape[1] ?? 0;
  const rows = inputs.length / width;
  const gradients = new Float32Array(inputs.length);
  const derive = tf.grad((batch: tf.Tensor) => model.apply(batch) as tf.Tensor);
  for (let from = 0; from < rows; from += maxRowsPerCall) {
    const to = Math.min(from + maxRowsPerCall, rows);
    tf.tidy(() => {
      const batch = tf.tensor2d(inputs.subarray(from * width, to * width), [to - from, width]);
      const weights = tf.tensor2d(headWeights.subarray(from * heads, to * heads), [to - from, heads]);
      gradients.set(derive(batch, weights).dataSync(), from * width);
    });
  }
  return gradients;
}
