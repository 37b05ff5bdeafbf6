import type { Sliced } from '../sliced.ts';
import type { ExplainableModel } from '../ports/explainable-model.ts';
import type { ExplainedFigure } from './explained-figure.ts';
import { createGradientWalk } from './walk-gradients.ts';
import { createNetWalk } from './walk-nets.ts';

/** What each input adds to a figure on the way from the baseline to a customer. */
export interface Attribution {
  /** One per model input, in units of the figure. */
  readonly contributions: Float64Array;
  /** The figure of the baseline, and of the customer. */
  readonly from: number;
  readonly to: number;
  /** Steps that the way was divided into. */
  readonly steps: number;
}

/**
 * @param baseline encoded inputs of whom the customer is compared with
 * @param vector encoded inputs of the customer
 * @param maxSteps steps that are taken at most, 16,384 where nothing is said
 */
export type IntegratedGradients = (
  figure: ExplainedFigure,
  baseline: Float32Array,
  vector: Float32Array,
  maxSteps?: number,
) => Sliced<Attribution>;

const mostSteps = 16_384;

/**
 * Integrated gradients (Sundararajan, Taly & Yan 2017) along the straight line from a baseline to a vector, by the
 * trapezoid rule. The steps are halved until the contributions sum up to the difference of the figure
 * (`completenessGap` <= 1), or there are enough of them.
 */
export function createIntegratedGradients(model: ExplainableModel): IntegratedGradients {
  const walkLine = model.nets === null ? createGradientWalk(model) : createNetWalk(model.nets);
  return function* integrate(figure, baseline, vector, maxSteps = mostSteps) {
    const { from, to, refine } = walkLine(figure, { baseline, vector });
    for (;;) {
      const { slopes, steps } = yield* refine();
      const contributions = slopes.map((slope, i) => slope * (vector[i] - baseline[i]));
      const attribution = { contributions, from, to, steps };
      if (steps >= maxSteps || completenessGap(attribution) <= 1) return attribution;
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
