import type { ExplainableModel } from '../ports/explainable-model.ts';
import type { ExplainedFigure } from './explained-figure.ts';
import { createLineGradient, type Line, type LineGradient } from './line-gradient.ts';

/** What each input adds to a figure on the way from the baseline to a customer. */
export interface Attribution {
  /** One per model input, in units of the figure. */
  readonly contributions: Float64Array;
  /** The figure of the baseline, and of the customer. */
  readonly from: number;
  readonly to: number;
  /** Points on the way. */
  readonly steps: number;
}

/**
 * @param baseline encoded inputs of whom the customer is compared with
 * @param vector encoded inputs of the customer
 * @param maxSteps points that are taken at most, 16,384 where nothing is said
 */
export type IntegratedGradients = (
  figure: ExplainedFigure,
  baseline: Float32Array,
  vector: Float32Array,
  maxSteps?: number,
) => Attribution;

const firstSteps = 16;
const mostSteps = 16_384;

/**
 * Integrated gradients (Sundararajan, Taly & Yan 2017) along the straight line from a baseline to a vector, by the
 * midpoint rule. The steps are doubled until the contributions sum up to the difference of the figure
 * (`completenessGap` <= 1), or there are enough of them.
 */
export function createIntegratedGradients(model: ExplainableModel): IntegratedGradients {
  const gradient = model.nets === null ? derivedGradient(model) : createLineGradient(model.nets);
  return (figure, baseline, vector, maxSteps = mostSteps) => {
    const { from, to } = gradient.ends(figure, { baseline, vector });
    for (let steps = Math.min(firstSteps, maxSteps); ; steps *= 2) {
      const slopes = gradient.mean(figure, { baseline, vector, steps });
      const contributions = slopes.map((slope, i) => slope * (vector[i] - baseline[i]));
      const attribution = { contributions, from, to, steps };
      if (steps * 2 > maxSteps || completenessGap(attribution) <= 1) return attribution;
    }
  };
}

/**
 * How far the sum of the contributions is from the difference of the figure, as a multiple of what is accepted: 1 % of
 * the difference, or 1e-4 where the difference is below 0.01 (32-bit heads tell no more apart).
 */
export function completenessGap({ contributions, from, to }: Omit<Attribution, 'steps'>): number {
  const sum = contributions.reduce((total, contribution) => total + contribution, 0);
  return Math.abs(sum - (to - from)) / Math.max(0.01 * Math.abs(to - from), 1e-4);
}

/** The line gradient of any model, from the gradients at each of the points. */
function derivedGradient(model: ExplainableModel): LineGradient {
  const outputs = model.manifest.outputs.length;
  return {
    ends(figure, { baseline, vector }) {
      const heads = model.predict(2, Float32Array.from([...baseline, ...vector]));
      return { from: figure.value(heads, 0), to: figure.value(heads, outputs) };
    },
    mean(figure, line) {
      const { steps } = line;
      const points = pointsOn(line);
      const heads = model.predict(steps, points);
      const weights = new Float32Array(steps * outputs);
      for (let step = 0; step < steps; step++) figure.derive(heads, weights, step * outputs);
      const sums = new Float64Array(line.vector.length);
      model.gradients(steps, points, weights).forEach((slope, i) => (sums[i % sums.length] += slope));
      return sums.map((sum) => sum / steps);
    },
  };
}

function pointsOn({ baseline, vector, steps }: Line): Float32Array {
  const width = vector.length;
  const points = new Float32Array(steps * width);
  for (let step = 0; step < steps; step++) {
    const share = (step + 0.5) / steps;
    for (let i = 0; i < width; i++) points[step * width + i] = baseline[i] + share * (vector[i] - baseline[i]);
  }
  return points;
}
