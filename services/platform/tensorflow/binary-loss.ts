import * as tf from '@tensorflow/tfjs-core';

/** Mean cross-entropy of one logit per row (rows x 1) against labels of 0 or 1 (rows x 1). */
export function binaryLoss(logits: tf.Tensor2D, labels: tf.Tensor2D): tf.Scalar {
  return tf.tidy(() => tf.mean<tf.Scalar>(tf.sub(tf.softplus(logits), tf.mul(labels, logits))));
}
