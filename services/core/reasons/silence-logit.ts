import { sigmoid } from '../scoring/sigmoid.ts';
import { softplus } from '../scoring/softplus.ts';
import type { ExplainedFigure } from './explained-figure.ts';

const steps = [0, 1, 2] as const;

/**
 * Uncalibrated logit of silence over the whole horizon: P is the product of the sigmoids of the three churn heads. The
 * calibration is left out because it moves all customers alike.
 */
export const silenceLogit: ExplainedFigure = {
  value(heads, at) {
    const logP = logSilence(heads, at);
    return logP - Math.log(-Math.expm1(logP));
  },
  derive(heads, out, at) {
    const active = -Math.expm1(logSilence(heads, at));
    for (const step of steps) out[at + step] = sigmoid(-heads[at + step]) / active;
  },
};

/** Natural log of P. */
function logSilence(heads: ArrayLike<number>, at: number): number {
  let logP = 0;
  for (const step of steps) logP -= softplus(-heads[at + step]);
  return logP;
}
