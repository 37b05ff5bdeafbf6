import { useBackend } from '../../../../services/platform/tensorflow/backend.ts';
import { buildNetwork } from '../../../../services/platform/tensorflow/build-network.ts';
import type { DenseWeights } from '../../../../services/platform/tensorflow/network-weights.ts';
import { predictSlices } from '../../../../services/platform/tensorflow/predict-slices.ts';
import { featureCount } from './work-state.ts';

const widths = [featureCount, 64, 32, 2] as const;

/** Probabilities per row, two each. */
export type WorkPredict = (rows: number, inputs: Float32Array) => Float32Array;

/** The 32-64-32-2 net of the peer, run as the scorer runs its model: on WASM, in one call per chunk. */
export async function createWorkNetwork(): Promise<WorkPredict> {
  await useBackend('wasm');
  const network = buildNetwork([workWeights()]);
  return (rows, inputs) => {
    const outputs = predictSlices(network, rows, inputs).slice();
    for (let i = 0; i < outputs.length; i++) outputs[i] = 1 / (1 + Math.exp(-outputs[i]));
    return outputs;
  };
}

/** Weights by a formula, so that both sides have the same net without a file; biases are 0. */
export function workWeights(): DenseWeights[] {
  return widths.slice(1).map((units, layer) => {
    const inputs = widths[layer];
    const kernel = new Float32Array(inputs * units);
    for (let i = 0; i < inputs; i++) {
      for (let j = 0; j < units; j++) {
        kernel[i * units + j] = Math.sin(1 + layer * 7919 + i * 104.729 + j * 1.61803) / Math.sqrt(inputs);
      }
    }
    return { inputs, units, kernel, bias: new Float32Array(units) };
  });
}
