/**
 * Sum of two non-negative safe integers that stops at the largest safe integer. Unlike a plain sum of doubles it stays
 * exact, associative and commutative however absurd the amounts, which the order-free fold depends on.
 */
export function saturatingAdd(a: number, b: number): number {
  return Math.min(a + b, Number.MAX_SAFE_INTEGER);
}
