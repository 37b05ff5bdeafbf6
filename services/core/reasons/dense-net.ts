/** A dense layer: `kernel` is inputs x units, row-major. */
export interface DenseLayer {
  readonly inputs: number;
  readonly units: number;
  readonly kernel: Float32Array;
  readonly bias: Float32Array;
}

/** Layers of one net from the inputs to the heads, ReLU between them. */
export type DenseNet = readonly DenseLayer[];
