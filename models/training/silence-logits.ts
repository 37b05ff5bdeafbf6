import { silenceLogit } from '../../services/core/reasons/silence-logit.ts';
import { modelOutputs } from '../../services/core/scoring/model-outputs.ts';

/** Uncalibrated logits of silence over the whole horizon, one per row of raw heads. */
export function silenceLogits(heads: Float32Array): Float64Array {
  const width = modelOutputs.length;
  return Float64Array.from({ length: heads.length / width }, (_, row) => silenceLogit.value(heads, row * width));
}
