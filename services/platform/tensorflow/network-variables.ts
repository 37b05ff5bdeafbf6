import * as tf from '@tensorflow/tfjs-core';
import type { DenseVariables } from './forward-pass.ts';
import type { NetworkWeights } from './network-weights.ts';

export interface NetworkVariables {
  readonly layers: readonly DenseVariables[];
  readonly all: tf.Variable[];
  /** A copy of the present values. */
  read(): NetworkWeights;
  dispose(): void;
}

/** Puts weights onto the backend as variables that can be trained. */
export function createNetworkVariables(weights: NetworkWeights): NetworkVariables {
  // tidy keeps the variables and drops the tensors they are made from
  const layers = tf.tidy(() =>
    weights.map(({ inputs, units, kernel, bias }) => ({
      kernel: tf.variable(tf.tensor2d(kernel, [inputs, units])),
      bias: tf.variable(tf.tensor1d(bias)),
    })),
  );
  const all = layers.flatMap(({ kernel, bias }): tf.Variable[] => [kernel, bias]);
  return {
    layers,
    all,
    read: () =>
      layers.map(({ kernel, bias }) => ({
        inputs: kernel.shape[0],
        units: kernel.shape[1],
        kernel: Float32Array.from(kernel.dataSync()),
        bias: Float32Array.from(bias.dataSync()),
      })),
    dispose: () => all.forEach((variable) => variable.dispose()),
  };
}
