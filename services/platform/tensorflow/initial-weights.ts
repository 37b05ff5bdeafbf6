import type { DenseWeights, NetworkWeights } from './network-weights.ts';
import type { RandomBits } from './random-bits.ts';

/**
 * Fresh weights: Glorot-uniform kernels and zero biases; the heads' bias begins at `headBias`, so that training does
 * not spend its first epochs on finding the base rates.
 */
export function initialWeights(
  widths: readonly number[],
  headBias: readonly number[],
  bits: RandomBits,
): NetworkWeights {
  return widths.slice(1).map((units, layer) => {
    const isHeads = layer === widths.length - 2;
    return glorotLayer(widths[layer], units, isHeads ? headBias : [], bits);
  });
}

function glorotLayer(inputs: number, units: number, bias: readonly number[], bits: RandomBits): DenseWeights {
  const limit = Math.sqrt(6 / (inputs + units));
  // the division brings 32 signed bits into [-1, 1)
  const kernel = Float32Array.from({ length: inputs * units }, () => (bits() / 2 ** 31) * limit);
  return { inputs, units, kernel, bias: Float32Array.from({ length: units }, (_, i) => bias[i] ?? 0) };
}
