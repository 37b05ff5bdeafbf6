import { modelOutputs } from '../../services/core/scoring/model-outputs.ts';

/** Uncalibrated logits of silence over the whole horizon, one per row of raw heads. */
export function silenceLogits(heads: Float32Array): Float64Array {
  const width = modelOutputs.length;
  return Float64Array.from({ length: heads.length / width }, (_, row) => {
    let logP = 0;
    for (let head = 0; head < 3; head++) logP -= softplus(-heads[row * width + head]);
    return logP - Math.log(-Math.expm1(logP));
  });
}

function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}
