/** Parameters of one dense layer: `kernel` is inputs x units, row-major. */
export interface DenseWeights {
  readonly inputs: number;
  readonly units: number;
  readonly kernel: Float32Array;
  readonly bias: Float32Array;
}

/** Layers of one trained net, from the inputs to the heads. */
export type NetworkWeights = readonly DenseWeights[];
