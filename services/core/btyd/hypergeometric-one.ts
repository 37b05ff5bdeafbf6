const accuracy = 1e-13;
const maxSteps = 100_000;

/**
 * The hypergeometric function 2F1(1, b; c; z) for c > b > 0 and 0 ≤ z < 1, by Gauss's continued fraction (DLMF 15.7.5)
 * evaluated forward (Steed's algorithm): every partial denominator is positive, nothing cancels and nothing overflows.
 * Needs few steps unless z is next to 1 (about 20 / sqrt(1 - z)).
 */
export function hypergeometricOne(b: number, c: number, z: number): number {
  let d = 1;
  let step = 1;
  let value = 1;
  for (let n = 1; n <= maxSteps; n++) {
    d = 1 / (1 - coefficient(n, b, c) * z * d);
    step *= d - 1;
    value += step;
    if (!(Math.abs(step) > accuracy * value)) break; // NaN ends the loop, too
  }
  return value;
}

/** F = 1 / (1 - k1 z / (1 - k2 z / (1 - …))). */
function coefficient(n: number, b: number, c: number): number {
  if (n === 1) return b / c;
  const k = n >> 1;
  return n % 2 === 0
    ? (k * (c - b + k - 1)) / ((c + n - 2) * (c + n - 1))
    : ((b + k) * (c + k - 1)) / ((c + n - 2) * (c + n - 1));
}
