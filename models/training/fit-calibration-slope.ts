import { sigmoid } from '../../services/core/scoring/sigmoid.ts';
import type { CutRow } from './cut-table.ts';
import { fitGlm } from './glm/fit-glm.ts';
import { silenceLogits } from './silence-logits.ts';

const bounds = { least: 0.6, most: 1.8 };
/** Before any row is looked at: nets are off by about so much. Small shops stay near 1. */
const priorSd = 0.3;

/**
 * The calibration slope (Cox 1958): what the logit of silence has to be multiplied by, from a logistic regression of
 * silence on it, on rows the nets have not seen. Weighed against a slope of 1 by how sure the rows are of it.
 * @param heads raw heads of the rows
 */
export function fitCalibrationSlope(heads: Float32Array, rows: readonly CutRow[]): number {
  const logits = silenceLogits(heads);
  const design = new Float64Array(rows.length * 2);
  logits.forEach((logit, i) => design.set([logit, 1], i * 2));
  const y = Float64Array.from(rows, ({ outcome }) => Number(outcome.silent[2]));
  const [slope, shift] = fitGlm({ design, width: 2, y }, 'logit', [1, 0]);
  const weight = informationOf(logits, slope, shift) * priorSd ** 2;
  const weighed = (1 + weight * slope) / (1 + weight);
  return Math.min(bounds.most, Math.max(bounds.least, weighed));
}

/** Fisher information of the slope, with the shift fitted beside it. */
function informationOf(logits: Float64Array, slope: number, shift: number): number {
  const weights = logits.map((logit) => {
    const p = sigmoid(slope * logit + shift);
    return p * (1 - p);
  });
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = logits.reduce((sum, logit, i) => sum + weights[i] * logit, 0) / total;
  return logits.reduce((sum, logit, i) => sum + weights[i] * (logit - mean) ** 2, 0);
}
