import { modelOutputs } from '../../../services/core/scoring/model-outputs.ts';
import type { Calibration } from '../../../services/core/scoring/model-manifest.ts';
import type { Prediction } from '../../../services/core/scoring/prediction.ts';
import { isSeen, type CutRow } from '../cut-table.ts';
import { identityCalibration } from '../identity-calibration.ts';
import { predictRows } from '../predict-rows.ts';
import { meanProbability, shiftToMean } from '../shift-to-mean.ts';
import { silenceLogits } from '../silence-logits.ts';
import type { NetShape } from './net-shape.ts';
import type { Season } from './season.ts';

const logRateHead = modelOutputs.indexOf('logRate');
const logSpendHead = modelOutputs.indexOf('logSpend');

export interface ScoredRows {
  /** Raw heads of the customers to be scored. Their outcomes are not looked at. */
  readonly heads: Float32Array;
  readonly rows: readonly CutRow[];
}

/**
 * The calibration of nets for a season. Scale of the logits and power of the spend are the nets' own, times the season's.
 * The level is that of a year ago: those customers of today whom the cut of a year ago could have seen get the churn rate,
 * the spend and the purchase days of its customers; the others move with them. Without a season (null), or when today
 * nobody could have been seen, churn rate and sums stay those of the nets, which are the mean of all seasons.
 */
export function calibrateForSeason({ heads, rows }: ScoredRows, season: Season | null, shape: NetShape): Calibration {
  const a = shape.slope * (season?.scale ?? 1);
  const spendPower = shape.power * (season?.spendScale ?? 1);
  const logits = silenceLogits(heads);
  const seen = season === null ? [] : rows.flatMap((row, i) => (isSeen(row, season.reachDays) ? [i] : []));
  if (season === null || seen.length === 0) {
    const b = shiftToMean(logits.map((logit) => a * logit), meanProbability(logits)); // prettier-ignore
    const shaped: Calibration = { ...identityCalibration, method: 'platt', a, b, spendPower };
    const predictions = predictRows(heads, shaped);
    return scaleSums(shaped, predictions, { spend: sumOfExp(heads, logSpendHead), days: sumOfExp(heads, logRateHead) });
  }
  const b = shiftToMean(Float64Array.from(seen, (i) => a * logits[i]), season.churn); // prettier-ignore
  const shaped: Calibration = { ...identityCalibration, method: 'platt', a, b, spendPower };
  const predictions = predictRows(heads, shaped);
  const wanted = { spend: season.spend * seen.length, days: season.purchaseDays * seen.length };
  const scaled = scaleSums(shaped, seen.map((i) => predictions[i]), wanted); // prettier-ignore
  // What the nets say is the mean of all seasons; who looks beyond this one needs to know how far it lies from that.
  const meanSpend = seen.reduce((sum, i) => sum + Math.exp(heads[i * modelOutputs.length + logSpendHead]), 0);
  return { ...scaled, season: { logSpend: Math.log(wanted.spend / meanSpend) } };
}

/** Sets the factors so that the predictions sum up to what is wanted of them. */
function scaleSums(
  shaped: Calibration,
  predictions: readonly Prediction[],
  wanted: { readonly spend: number; readonly days: number },
): Calibration {
  const spend = predictions.reduce((sum, { expectedSpend }) => sum + expectedSpend.mean, 0);
  const days = predictions.reduce((sum, { expectedPurchases }) => sum + expectedPurchases, 0);
  return { ...shaped, spendFactor: wanted.spend / spend, countFactor: wanted.days / days };
}

function sumOfExp(heads: Float32Array, head: number): number {
  let sum = 0;
  for (let at = head; at < heads.length; at += modelOutputs.length) sum += Math.exp(heads[at]);
  return sum;
}
