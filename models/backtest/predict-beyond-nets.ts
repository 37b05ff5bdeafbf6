import { modelOutputs } from '../../services/core/scoring/model-outputs.ts';
import { sigmoid } from '../../services/core/scoring/sigmoid.ts';
import { softplus } from '../../services/core/scoring/softplus.ts';
import { zeroInflatedMedian } from '../../services/core/scoring/zero-inflated-median.ts';
import { shiftToMean } from '../training/shift-to-mean.ts';
import { silenceLogits } from '../training/silence-logits.ts';
import type { ClosedFormPredictions } from './predict-closed-form.ts';
import type { CustomerPrediction } from './customer-prediction.ts';

/** Where no net tells it: spread of the log of what customers spend, as in the shops this was looked at in. */
const usualSigma = 1;
const largestSigma = 1.5;
const sigmaHead = modelOutputs.indexOf('spendSigma');

/**
 * Predictions for a horizon that reaches further than any label window the history has room for. Nets trained on shorter
 * windows rank customers best, buy-till-you-die models know how a rate goes on: the logits of both are averaged, and
 * moved so that the mean probability is the closed form's; purchase days and mean spend are the closed form's.
 * @param heads raw heads of nets with a shorter horizon; null where there are none
 */
export function predictBeyondNets(
  customers: readonly string[],
  closed: ClosedFormPredictions,
  heads: Float32Array | null,
): CustomerPrediction[] {
  const active = heads === null ? closed.active : blendActive(closed.active, heads);
  return customers.map((customer, i) => {
    const churn = 1 - active[i];
    const raw = heads === null ? usualSigma : softplus(heads[i * modelOutputs.length + sigmaHead]);
    const sigma = Math.min(raw, largestSigma);
    const spendMean = closed.spend[i];
    // the log-normal whose mean, counted with the silent ones, is the expected spend
    const mu = Math.log(Math.max(spendMean, 1e-9) / active[i]) - (sigma * sigma) / 2;
    return {
      customer,
      churn,
      spendMean,
      spendMedian: zeroInflatedMedian(churn, mu, sigma),
      purchaseDays: closed.purchaseDays[i],
    };
  });
}

function blendActive(active: Float64Array, heads: Float32Array): Float64Array {
  const silent = silenceLogits(heads);
  const logits = active.map((p, i) => (Math.log(p / (1 - p)) - silent[i]) / 2);
  const shift = shiftToMean(logits, active.reduce((sum, p) => sum + p, 0) / active.length);
  return logits.map((logit) => sigmoid(logit + shift));
}
