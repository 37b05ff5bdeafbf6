import type { Blend } from './table-model.ts';

/** Pull of the weights towards equal shares, in units of summed log loss. */
const pull = 3;

/** Probability of each row from the members' logits. */
export function applyBlend({ intercept, weights }: Blend, logits: readonly Float64Array[]): Float64Array {
  return logits[0].map((_, row) => {
    const logit = logits.reduce((sum, member, m) => sum + weights[m] * member[row], intercept);
    return 1 / (1 + Math.exp(-logit));
  });
}

/**
 * Logistic regression of the labels on the members' logits (stacking, Wolpert 1992), weights not negative (Breiman
 * 1996). Scale and intercept calibrate the blend at once, as Platt's method does.
 * @param logits one array per member, of rows the member was not fitted on
 */
export function fitBlend(logits: readonly Float64Array[], labels: Uint8Array): Blend {
  const share = 1 / logits.length;
  const blend = { intercept: 0, weights: logits.map(() => share) };
  for (let pass = 0; pass < 200; pass++) {
    let moved = 0;
    for (let at = -1; at < logits.length; at++) {
      const { gradient, hessian } = slopes(blend, logits, labels, at);
      if (at < 0) {
        const step = gradient / (hessian + 1e-9);
        blend.intercept -= step;
        moved = Math.max(moved, Math.abs(step));
        continue;
      }
      const before = blend.weights[at];
      const step = (gradient + pull * (before - share)) / (hessian + pull);
      blend.weights[at] = Math.max(0, before - step);
      moved = Math.max(moved, Math.abs(blend.weights[at] - before));
    }
    if (moved < 1e-5) break;
  }
  return blend;
}

/** First and second derivative of the summed log loss by one weight, or by the intercept at -1. */
function slopes(
  blend: Blend,
  logits: readonly Float64Array[],
  labels: Uint8Array,
  at: number,
): { gradient: number; hessian: number } {
  let gradient = 0;
  let hessian = 0;
  applyBlend(blend, logits).forEach((p, row) => {
    const x = at < 0 ? 1 : logits[at][row];
    gradient += (p - labels[row]) * x;
    hessian += p * (1 - p) * x * x;
  });
  return { gradient, hessian };
}
