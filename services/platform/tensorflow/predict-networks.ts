import { buildNetwork } from './build-network.ts';
import type { NetworkWeights } from './network-weights.ts';
import { predictSlices } from './predict-slices.ts';

/** Averaged raw heads of several nets for rows of encoded inputs, computed exactly as the saved model will. */
export function predictNetworks(nets: readonly NetworkWeights[], rows: number, inputs: Float32Array): Float32Array {
  const network = buildNetwork(nets);
  try {
    return predictSlices(network, rows, inputs);
  } finally {
    network.dispose();
  }
}
