import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import { sigmoid } from '../../../services/core/scoring/sigmoid.ts';

export interface GlmData {
  /** rows x width, row-major; no column of ones is added. */
  readonly design: Float64Array;
  readonly width: number;
  /** One per row: 0 or 1 for `logit`, ≥ 0 for `log` and `tweedie`. */
  readonly y: Float64Array;
  /** Level (from 0 on) of each row in a factor; each level has a coefficient, behind those of the columns. Default: none. */
  readonly factor?: Uint16Array;
}

/** What one row with the linear predictor eta adds to the loss, and the first two derivatives of that by eta. */
interface Family {
  loss(eta: number, y: number): number;
  slope(eta: number, y: number): number;
  curvature(eta: number, y: number): number;
}

const families = {
  /** Logistic regression. */
  logit: {
    loss: (eta, y) => Math.max(eta, 0) + Math.log1p(Math.exp(-Math.abs(eta))) - y * eta,
    slope: (eta, y) => sigmoid(eta) - y,
    curvature: (eta) => sigmoid(eta) * (1 - sigmoid(eta)),
  },
  /** Poisson regression, also of amounts that are not whole. */
  log: {
    loss: (eta, y) => Math.exp(eta) - y * eta,
    slope: (eta, y) => Math.exp(eta) - y,
    curvature: (eta) => Math.exp(eta),
  },
  /** Log link, variance as the mean to the power of 1.5: between Poisson and gamma, so that small amounts count too. */
  tweedie: {
    loss: (eta, y) => 2 * (Math.exp(eta / 2) + y * Math.exp(-eta / 2)),
    slope: (eta, y) => Math.exp(eta / 2) - y * Math.exp(-eta / 2),
    curvature: (eta, y) => (Math.exp(eta / 2) + y * Math.exp(-eta / 2)) / 2,
  },
} satisfies Record<string, Family>;

export type GlmFamily = keyof typeof families;

const maxSteps = 50;
const tolerance = 1e-9;
/** Keeps columns that say nothing from going to infinity; too small to be seen in any other. */
const ridge = 1e-6;
/** Beyond it exp would leave the doubles' range. */
const maxPredictor = 500;

/**
 * Coefficients of a generalised linear model by Newton's method with halved steps: McCullagh and Nelder, "Generalized
 * Linear Models"; Jorgensen 1987 for the Tweedie family. Every loss is convex.
 * @param start coefficients to begin with
 */
export function fitGlm(data: GlmData, family: GlmFamily, start: readonly number[]): number[] {
  let at = [...start];
  let loss = lossAt(data, family, at);
  for (let step = 0; step < maxSteps; step++) {
    const direction = newtonStep(data, family, at);
    let size = 1;
    let next = at.map((value, i) => value + direction[i]);
    let nextLoss = lossAt(data, family, next);
    for (; !(nextLoss <= loss) && size > 1e-6; nextLoss = lossAt(data, family, next)) {
      size /= 2;
      next = at.map((value, i) => value + size * direction[i]);
    }
    const gain = loss - nextLoss;
    if (!(gain > 0)) break;
    at = next;
    loss = nextLoss;
    if (gain < tolerance * Math.max(1, Math.abs(loss))) break;
  }
  return at;
}

function predictor({ design, width, factor }: GlmData, row: number, at: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < width; i++) sum += design[row * width + i] * at[i];
  if (factor !== undefined) sum += at[width + factor[row]];
  return Math.max(-maxPredictor, Math.min(maxPredictor, sum));
}

/** Mean negative log likelihood, without what does not depend on the coefficients. */
function lossAt(data: GlmData, family: GlmFamily, at: readonly number[]): number {
  const { y } = data;
  let loss = 0;
  for (let row = 0; row < y.length; row++) {
    const eta = predictor(data, row, at);
    loss += families[family].loss(eta, y[row]);
  }
  return loss / y.length + (ridge / 2) * at.reduce((sum, value) => sum + value * value, 0);
}

function newtonStep(data: GlmData, family: GlmFamily, at: readonly number[]): number[] {
  const { design, width, y, factor } = data;
  const size = at.length;
  const hessian = new Float64Array(size * size);
  const gradient = at.map((value) => -ridge * value);
  for (let row = 0; row < y.length; row++) {
    const eta = predictor(data, row, at);
    const weight = families[family].curvature(eta, y[row]) / y.length;
    const slope = families[family].slope(eta, y[row]) / y.length;
    for (let i = 0; i < width; i++) {
      const value = design[row * width + i];
      if (value === 0) continue;
      gradient[i] -= slope * value;
      for (let j = 0; j <= i; j++) hessian[i * size + j] += weight * value * design[row * width + j];
    }
    if (factor === undefined) continue;
    const level = width + factor[row];
    gradient[level] -= slope;
    for (let j = 0; j < width; j++) hessian[level * size + j] += weight * design[row * width + j];
    hessian[level * size + level] += weight;
  }
  return solve(hessian, gradient);
}

/** @param hessian its lower triangle, row-major */
function solve(hessian: Float64Array, gradient: readonly number[]): number[] {
  const size = gradient.length;
  const symmetric = new Matrix(size, size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      symmetric.set(i, j, hessian[i * size + j] + (i === j ? ridge : 0));
      symmetric.set(j, i, symmetric.get(i, j));
    }
  }
  return new CholeskyDecomposition(symmetric).solve(Matrix.columnVector(gradient)).to1DArray();
}
