import { sigmoid } from '../../services/core/scoring/sigmoid.ts';

/** The shift of the logits with which the mean probability is `wanted`, by bisection. */
export function shiftToMean(logits: Float64Array, wanted: number): number {
  let low = -30;
  let high = 30;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (meanProbability(logits, middle) < wanted) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Mean of the probabilities whose logits are moved by `shift`. */
export function meanProbability(logits: Float64Array, shift = 0): number {
  return logits.reduce((sum, logit) => sum + sigmoid(logit + shift), 0) / logits.length;
}
