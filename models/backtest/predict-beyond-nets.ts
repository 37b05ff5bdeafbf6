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
 * moved so that the mean probability is the closed form's. Purchase days and mean spend are the closed form's, moved along
 * with the probability where its logits are as spread as the closed form's own; their sums over all customers stay.
 * @param heads raw heads of nets with a shorter horizon; null where there are none
 */
export function predictBeyondNets(
  customers: readonly string[],
  closed: ClosedFormPredictions,
  heads: Float32Array | null,
): CustomerPrediction[] {
  const { active, purchaseDays, spend } = heads === null ? closed : blend(closed, heads);
  return customers.map((customer, i) => {
    const churn = 1 - active[i];
    const raw = heads === null ? usualSigma : softplus(heads[i * modelOutputs.length + sigmaHead]);
    const sigma = Math.min(raw, largestSigma);
    const spendMean = spend[i];
    // the log-normal whose mean, counted with the silent ones, is the expected spend
    const mu = Math.log(Math.max(spendMean, 1e-9) / active[i]) - (sigma * sigma) / 2;
    return {
      customer,
      churn,
      spendMean,
      spendMedian: zeroInflatedMedian(churn, mu, sigma),
      purchaseDays: purchaseDays[i],
    };
  });
}

function blend(closed: ClosedFormPredictions, heads: Float32Array): ClosedFormPredictions {
  const own = closed.active.map((p) => Math.log(p / (1 - p)));
  const silent = silenceLogits(heads);
  const averaged = own.map((logit, i) => (logit - silent[i]) / 2);
  const wanted = closed.active.reduce((all, p) => all + p, 0) / closed.active.length;
  const spread = spreadOf(averaged) > 0 ? spreadOf(own) / spreadOf(averaged) : 1;
  const order = withMean(averaged.map((logit) => spread * logit), wanted); // prettier-ignore
  const moved = (values: Float64Array): Float64Array =>
    keepSum(values.map((value, i) => (value / closed.active[i]) * order[i]), values); // prettier-ignore
  return {
    active: withMean(averaged, wanted),
    purchaseDays: moved(closed.purchaseDays),
    spend: moved(closed.spend),
  };
}

function withMean(logits: Float64Array, wanted: number): Float64Array {
  const shift = shiftToMean(logits, wanted);
  return logits.map((logit) => sigmoid(logit + shift));
}

function keepSum(values: Float64Array, like: Float64Array): Float64Array {
  const sum = values.reduce((all, value) => all + value, 0);
  const factor = sum > 0 ? like.reduce((all, value) => all + value, 0) / sum : 1;
  return values.map((value) => value * factor);
}

/** Standard deviation. */
function spreadOf(values: Float64Array): number {
  const mean = values.reduce((all, value) => all + value, 0) / values.length;
  return Math.sqrt(values.reduce((all, value) => all + (value - mean) ** 2, 0) / values.length);
}
