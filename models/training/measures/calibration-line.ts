import { fitGlm } from '../glm/fit-glm.ts';

/** Logistic recalibration (Cox 1958): slope 1 and intercept 0 where probabilities are right. */
export interface CalibrationLine {
  readonly slope: number;
  readonly intercept: number;
}

const edge = 1e-12;

/** Logistic regression of the labels on the logit of the probabilities. */
export function fitCalibrationLine(probabilities: readonly number[], labels: readonly boolean[]): CalibrationLine {
  const design = new Float64Array(labels.length * 2);
  probabilities.forEach((raw, i) => {
    const p = Math.min(1 - edge, Math.max(edge, raw));
    design.set([Math.log(p / (1 - p)), 1], i * 2);
  });
  const [slope, intercept] = fitGlm({ design, width: 2, y: Float64Array.from(labels, Number) }, 'logit', [1, 0]);
  return { slope, intercept };
}
