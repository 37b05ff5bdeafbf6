import { CholeskyDecomposition, Matrix } from 'ml-matrix';

/** Coefficients of one linear model: the intercept, then one per input. */
export type LinearModel = readonly number[];

export interface RidgeRows {
  /** Rows that are fitted on. */
  readonly rows: readonly number[];
  readonly inputs: readonly (readonly number[])[];
  /** `targets[target][row]` */
  readonly targets: readonly Float64Array[];
}

/**
 * Ridge regressions of several targets on the same inputs, for several penalties at once. Inputs are centred on their
 * means over `rows`, so that the intercept is not shrunk.
 * @param penalties what a squared coefficient costs per row, all above 0
 * @returns models by penalty, then by target
 */
export function fitRidge({ rows, inputs, targets }: RidgeRows, penalties: readonly number[]): LinearModel[][] {
  const width = inputs[0].length;
  const centres = targets.map((target) => meanOver(rows, (row) => target[row]));
  if (width === 0) return penalties.map(() => centres.map((centre) => [centre]));
  const means = inputs[0].map((_, j) => meanOver(rows, (row) => inputs[row][j]));
  const gram = new Float64Array(width * width);
  const right = new Float64Array(width * targets.length);
  const centred = new Float64Array(width);
  for (const row of rows) {
    for (let j = 0; j < width; j++) centred[j] = inputs[row][j] - means[j];
    addProducts(gram, centred, centred);
    addProducts(
      right,
      centred,
      targets.map((target, t) => target[row] - centres[t]),
    );
  }
  const rightSide = Matrix.from1DArray(width, targets.length, right);
  return penalties.map((penalty) => {
    const ridged = Matrix.from1DArray(width, width, gram);
    for (let j = 0; j < width; j++) ridged.set(j, j, gram[j * width + j] + penalty * rows.length);
    const solved = new CholeskyDecomposition(ridged).solve(rightSide);
    return centres.map((centre, t) => {
      const slopes = solved.getColumn(t);
      return [slopes.reduce((intercept, slope, j) => intercept - slope * means[j], centre), ...slopes];
    });
  });
}

function meanOver(rows: readonly number[], valueOf: (row: number) => number): number {
  let sum = 0;
  for (const row of rows) sum += valueOf(row);
  return sum / rows.length;
}

/** Adds the outer product of two vectors to a row-major matrix. */
function addProducts(into: Float64Array, left: Float64Array, right: ArrayLike<number>): void {
  for (let j = 0; j < left.length; j++) {
    const at = j * right.length;
    for (let k = 0; k < right.length; k++) into[at + k] += left[j] * right[k];
  }
}
