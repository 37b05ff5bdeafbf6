/**
 * ln of the rising factorial from (from + 1) … (from + k - 1), that is ln Gamma(from + k) - ln Gamma(from).
 * @param from > 0
 * @param max largest k
 * @returns one value per k in 0…max
 */
export function logRising(from: number, max: number): Float64Array {
  const table = new Float64Array(max + 1);
  for (let k = 0; k < max; k++) table[k + 1] = table[k] + Math.log(from + k);
  return table;
}
