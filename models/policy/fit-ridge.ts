import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import type { LinearModel } from '../../services/core/actions/linear-model.ts';

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
export function fitRidge(data: RidgeRows, penalties: readonly number[]): LinearModel[][] {
  const width = data.inputs[0].length;
  const { gram, right, means, centres } = centredProducts(data);
  if (width === 0) return penalties.map(() => centres.map((centre) => [centre]));
  const rightSide = Matrix.from1DArray(width, centres.length, right);
  return penalties.map((penalty) => {
    const ridged = Matrix.from1DArray(width, width, gram);
    for (let j = 0; j < width; j++) ridged.set(j, j, gram[j * width + j] + penalty * data.rows.length);
    const solved = new CholeskyDecomposition(ridged).solve(rightSide);
    return centres.map((centre, t) => {
      const slopes = solved.getColumn(t);
      return [slopes.reduce((intercept, slope, j) => intercept - slope * means[j], centre), ...slopes];
    });
  });
}

interface CentredProducts {
  /** Inputs by inputs. */
  readonly gram: Float64Array;
  /** Inputs by targets. */
  readonly right: Float64Array;
  readonly means: readonly number[];
  readonly centres: readonly number[];
}

/** Sums products of the inputs that are not 0 (most are, of categories), and centres the sums afterwards. */
function centredProducts({ rows, inputs, targets }: RidgeRows): CentredProducts {
  const width = inputs[0].length;
  const count = targets.length;
  const gram = new Float64Array(width * width);
  const right = new Float64Array(width * count);
  const sums = new Float64Array(width);
  const filled = new Int32Array(width);
  for (const row of rows) {
    const values = inputs[row];
    let used = 0;
    for (let j = 0; j < width; j++) if (values[j] !== 0) filled[used++] = j;
    for (let a = 0; a < used; a++) {
      const j = filled[a];
      const value = values[j];
      sums[j] += value;
      for (let b = 0; b <= a; b++) gram[j * width + filled[b]] += value * values[filled[b]];
      for (let t = 0; t < count; t++) right[j * count + t] += value * targets[t][row];
    }
  }
  const means = Array.from(sums, (sum) => sum / rows.length);
  const centres = targets.map((target) => rows.reduce((sum, row) => sum + target[row], 0) / rows.length);
  for (let j = 0; j < width; j++) {
    for (let k = 0; k <= j; k++) {
      gram[j * width + k] -= sums[j] * means[k];
      gram[k * width + j] = gram[j * width + k];
    }
    for (let t = 0; t < count; t++) right[j * count + t] -= sums[j] * centres[t];
  }
  return { gram, right, means, centres };
}
