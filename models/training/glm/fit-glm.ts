import { CholeskyDecomposition, Matrix } from 'ml-matrix';

export interface GlmData {
  /** rows x width, row-major; no column of ones is added. */
  readonly design: Float64Array;
  readonly width: number;
  /** One per row: 0 or 1 for `logit`, ≥ 0 for `log`. */
  readonly y: Float64Array;
}

const maxSteps = 50;
const tolerance = 1e-9;
/** Keeps columns that say nothing from going to infinity; too small to be seen in any other. */
const ridge = 1e-6;
/** Beyond it exp would leave the doubles' range. */
const maxPredictor = 500;

/**
 * Coefficients of a generalised linear model with canonical link (logistic regression; Poisson regression, also of
 * amounts that are not whole), by Newton's method with halved steps: McCullagh and Nelder, "Generalized Linear Models".
 * @param start coefficients to begin with
 */
export function fitGlm(data: GlmData, link: 'logit' | 'log', start: readonly number[]): number[] {
  let at = [...start];
  let loss = lossAt(data, link, at);
  for (let step = 0; step < maxSteps; step++) {
    const direction = newtonStep(data, link, at);
    let size = 1;
    let next = at.map((value, i) => value + direction[i]);
    let nextLoss = lossAt(data, link, next);
    for (; !(nextLoss <= loss) && size > 1e-6; nextLoss = lossAt(data, link, next)) {
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

function predictor({ design, width }: GlmData, row: number, at: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < width; i++) sum += design[row * width + i] * at[i];
  return Math.max(-maxPredictor, Math.min(maxPredictor, sum));
}

/** Mean negative log likelihood, without what does not depend on the coefficients. */
function lossAt(data: GlmData, link: 'logit' | 'log', at: readonly number[]): number {
  const { y } = data;
  let loss = 0;
  for (let row = 0; row < y.length; row++) {
    const eta = predictor(data, row, at);
    const normalizer = link === 'log' ? Math.exp(eta) : Math.max(eta, 0) + Math.log1p(Math.exp(-Math.abs(eta)));
    loss += normalizer - y[row] * eta;
  }
  return loss / y.length + (ridge / 2) * at.reduce((sum, value) => sum + value * value, 0);
}

function newtonStep(data: GlmData, link: 'logit' | 'log', at: readonly number[]): number[] {
  const { design, width, y } = data;
  const hessian = new Float64Array(width * width);
  const gradient = at.map((value) => -ridge * value);
  for (let row = 0; row < y.length; row++) {
    const eta = predictor(data, row, at);
    const mean = link === 'log' ? Math.exp(eta) : 1 / (1 + Math.exp(-eta));
    const weight = (link === 'log' ? mean : mean * (1 - mean)) / y.length;
    const residual = (y[row] - mean) / y.length;
    for (let i = 0; i < width; i++) {
      const value = design[row * width + i];
      if (value === 0) continue;
      gradient[i] += residual * value;
      for (let j = 0; j <= i; j++) hessian[i * width + j] += weight * value * design[row * width + j];
    }
  }
  const symmetric = new Matrix(width, width);
  for (let i = 0; i < width; i++) {
    for (let j = 0; j <= i; j++) {
      symmetric.set(i, j, hessian[i * width + j] + (i === j ? ridge : 0));
      symmetric.set(j, i, symmetric.get(i, j));
    }
  }
  return new CholeskyDecomposition(symmetric).solve(Matrix.columnVector(gradient)).to1DArray();
}
