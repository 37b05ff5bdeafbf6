import type { Box } from './minimise-in-box.ts';

/** Names of the parameters that lie on the edge of the box, up to a thousandth. */
export function parametersAtBounds<N extends string>(names: readonly N[], at: readonly number[], box: Box): N[] {
  return names.filter((_, i) => at[i] <= box.lower[i] * 1.001 || at[i] >= box.upper[i] / 1.001);
}
