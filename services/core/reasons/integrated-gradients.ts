import type { ExplainableModel } from '../ports/explainable-model.ts';
import type { ExplainedFigure } from './explained-figure.ts';

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

const firstSteps = 64;
const maxSteps = 16_384;

/**
 * Integrated gradients (Sundararajan, Taly & Yan 2017) along the straight line from `baseline` to `vector`, by the
 * midpoint rule. The steps are doubled until the contributions sum up to the difference of the figure
 * (`completenessGap` <= 1), or 16,384 are reached.
 * @param baseline encoded inputs of whom the customer is compared with
 * @param vector encoded inputs of the customer
 */
export function integrateGradients(
  model: ExplainableModel,
  figure: ExplainedFigure,
  baseline: Float32Array,
  vector: Float32Array,
): Attribution {
  const heads = model.predict(2, Float32Array.from([...baseline, ...vector]));
  const from = figure.value(heads, 0);
  const to = figure.value(heads, model.manifest.outputs.length);
  for (let steps = firstSteps; ; steps *= 2) {
    const contributions = integrate(model, figure, { baseline, vector, steps });
    const attribution = { contributions, from, to, steps };
    if (steps >= maxSteps || completenessGap(attribution) <= 1) return attribution;
  }
}

/**
 * How far the sum of the contributions is from the difference of the figure, as a multiple of what is accepted: 1 % of
 * the difference, or 1e-4 where the difference is below 0.01 (32-bit heads tell no more apart).
 */
export function completenessGap({ contributions, from, to }: Omit<Attribution, 'steps'>): number {
  const sum = contributions.reduce((total, contribution) => total + contribution, 0);
  return Math.abs(sum - (to - from)) / Math.max(0.01 * Math.abs(to - from), 1e-4);
}

function integrate(
  model: ExplainableModel,
  figure: ExplainedFigure,
  line: { readonly baseline: Float32Array; readonly vector: Float32Array; readonly steps: number },
): Float64Array {
  const { baseline, vector, steps } = line;
  const width = baseline.length;
  const outputs = model.manifest.outputs.length;
  const points = new Float32Array(steps * width);
  for (let step = 0; step < steps; step++) {
    const share = (step + 0.5) / steps;
    for (let i = 0; i < width; i++) points[step * width + i] = baseline[i] + share * (vector[i] - baseline[i]);
  }
  const heads = model.predict(steps, points);
  const weights = new Float32Array(steps * outputs);
  for (let step = 0; step < steps; step++) figure.derive(heads, weights, step * outputs);
  const gradients = model.gradients(steps, points, weights);
  const contributions = new Float64Array(width);
  gradients.forEach((gradient, i) => (contributions[i % width] += gradient));
  return contributions.map((sum, i) => (sum / steps) * (vector[i] - baseline[i]));
}
