import type { Calibration } from '../../services/core/scoring/model-manifest.ts';

/** Above this, exp(sigma^2 / 2) lets single customers blow up the mean spend. */
const sigmaCap = 1.5;

/** Leaves the heads as they are, but for the cap on sigma. */
export const identityCalibration: Calibration = {
  method: 'identity', a: 1, b: 0, spendPower: 1, spendFactor: 1, countFactor: 1, sigmaCap,
}; // prettier-ignore
