import { modelOutputs, type ModelOutput } from '../scoring/model-outputs.ts';
import { sigmoid } from '../scoring/sigmoid.ts';
import { softplus } from '../scoring/softplus.ts';
import type { ExplainedFigure } from './explained-figure.ts';
import { silenceLogit } from './silence-logit.ts';

const mu = headOf('spendMu');
const sigma = headOf('spendSigma');
const logSpend = headOf('logSpend');

/**
 * Natural log of the expected spend within the horizon before the calibration's power and factor, as `readHeads` makes
 * it: half of log(1 - P) + mu + sigma^2 / 2 + logSpend, with the uncalibrated P.
 * @param sigmaCap upper bound of sigma (the calibration's)
 */
export function logValue(sigmaCap: number): ExplainedFigure {
  return {
    value(heads, at) {
      const spread = Math.min(softplus(heads[at + sigma]), sigmaCap);
      const logActive = -softplus(silenceLogit.value(heads, at));
      return (logActive + heads[at + mu] + (spread * spread) / 2 + heads[at + logSpend]) / 2;
    },
    derive(heads, out, at) {
      silenceLogit.derive(heads, out, at);
      const silent = sigmoid(silenceLogit.value(heads, at));
      for (let step = 0; step < 3; step++) out[at + step] *= -silent / 2;
      const spread = softplus(heads[at + sigma]);
      out[at + mu] = 0.5;
      out[at + sigma] = spread < sigmaCap ? (spread * sigmoid(heads[at + sigma])) / 2 : 0;
      out[at + logSpend] = 0.5;
    },
  };
}

function headOf(name: ModelOutput): number {
  return modelOutputs.indexOf(name);
}
