import type { Calibration } from '../../../services/core/scoring/model-manifest.ts';
import { identityCalibration } from '../identity-calibration.ts';
import { shiftToMean } from '../shift-to-mean.ts';
import { silenceLogits } from '../silence-logits.ts';

/**
 * Moves the logits of silence so that their mean probability is the one that the shop's buy-till-you-die model gives its
 * customers: how many buy is what a shop tells soonest about itself, who buys is what other shops know better.
 * @param heads raw heads of the customers to be scored; their outcomes are not needed
 * @param active P(active) of the same customers by the closed form fitted on the shop
 */
export function calibrateForShop(heads: Float32Array, active: Float64Array): Calibration {
  if (active.length === 0) return identityCalibration;
  const silent = 1 - active.reduce((sum, p) => sum + p, 0) / active.length;
  return { ...identityCalibration, method: 'platt', b: shiftToMean(silenceLogits(heads), silent) };
}
