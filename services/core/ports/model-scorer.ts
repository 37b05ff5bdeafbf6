import type { ModelManifest } from '../scoring/model-manifest.ts';

/** Runs a loaded model. Inputs and outputs are row-major matrices of 32-bit floats. */
export interface ModelScorer {
  readonly manifest: ModelManifest;
  /** Name of the backend that computes (`wasm`, `cpu`, `tensorflow`); bits differ between backends. */
  readonly backend: string;
  /**
   * @param rows number of rows
   * @param inputs rows x manifest.inputs.length, encoded (finite)
   * @returns rows x manifest.outputs.length raw head outputs
   */
  predict(rows: number, inputs: Float32Array): Float32Array;
  dispose(): void;
}
