import { modelOutputs } from '../../../services/core/scoring/model-outputs.ts';
import type { Calibration } from '../../../services/core/scoring/model-manifest.ts';
import { identityCalibration } from '../identity-calibration.ts';
import { predictRows } from '../predict-rows.ts';
import { meanProbability, shiftToMean } from '../shift-to-mean.ts';
import { silenceLogits } from '../silence-logits.ts';
import type { Season } from './season.ts';

const logRateHead = modelOutputs.indexOf('logRate');
const logSpendHead = modelOutputs.indexOf('logSpend');

/**
 * The calibration of nets for a season. Nets trained on cuts of all seasons are right for the mean season; the season
 * shifts and scales the logit of silence and the logarithm of spend, and multiplies purchase days. Shift and factors are
 * set so that the customers to be scored have the churn rate and the sums that the season says.
 * @param heads raw heads of the customers to be scored; their outcomes are not needed
 * @param spendPower what expected spend is to be raised to in the mean season (`fitSpendPower`)
 */
export function calibrateForSeason(heads: Float32Array, season: Season, spendPower: number): Calibration {
  const logits = silenceLogits(heads);
  const wanted = meanProbability(logits, season.logit);
  const b = shiftToMean(logits.map((logit) => season.scale * logit), wanted); // prettier-ignore
  const shaped: Calibration = {
    ...identityCalibration,
    method: 'platt',
    a: season.scale,
    b,
    spendPower: spendPower * season.spendScale,
  };
  const predictions = predictRows(heads, shaped);
  const spend = predictions.reduce((sum, { expectedSpend }) => sum + expectedSpend.mean, 0);
  const count = predictions.reduce((sum, { expectedPurchases }) => sum + expectedPurchases, 0);
  return {
    ...shaped,
    spendFactor: (sumOfExp(heads, logSpendHead) * Math.exp(season.logSpend)) / spend,
    countFactor: (sumOfExp(heads, logRateHead) * Math.exp(season.logCount)) / count,
  };
}

function sumOfExp(heads: Float32Array, head: number): number {
  let sum = 0;
  for (let at = head; at < heads.length; at += modelOutputs.length) sum += Math.exp(heads[at]);
  return sum;
}
