import * as tf from '@tensorflow/tfjs-core';

export interface DenseVariables {
  readonly kernel: tf.Variable<tf.Rank.R2>;
  readonly bias: tf.Variable<tf.Rank.R1>;
}

/** Dense layers with ReLU between them; `masks` (dropout, one per hidden layer) may be left empty. */
export function forwardPass(
  layers: readonly DenseVariables[],
  inputs: tf.Tensor2D,
  masks: readonly tf.Tensor2D[],
): tf.Tensor2D {
  let hidden = inputs;
  for (const [i, { kernel, bias }] of layers.entries()) {
    const sums = tf.add<tf.Tensor2D>(tf.matMul(hidden, kernel), bias);
    if (i === layers.length - 1) return sums;
    const active = tf.relu(sums);
    const mask = masks[i];
    hidden = mask ? tf.mul(active, mask) : active;
  }
  return hidden;
}
