import type { DenseNet } from '../reasons/dense-net.ts';
import type { ModelScorer } from './model-scorer.ts';

/** A loaded model whose heads can be derived by its inputs. */
export interface ExplainableModel extends ModelScorer {
  /** The nets whose mean the heads are; null for a model of another make. */
  readonly nets: readonly DenseNet[] | null;
  /**
   * @param rows number of rows
   * @param inputs rows x manifest.inputs.length, encoded (finite)
   * @param headWeights rows x manifest.outputs.length
   * @returns rows x manifest.inputs.length: how the sum of the row's heads, weighted with `headWeights`, changes by input
   */
  gradients(rows: number, inputs: Float32Array, headWeights: Float32Array): Float32Array;
}
