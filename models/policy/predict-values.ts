import { applyLinear } from '../../services/core/actions/apply-linear.ts';
import type { LinearModel } from '../../services/core/actions/linear-model.ts';

/** Value of each arm for some rows, written into a matrix over all rows and arms. */
export function predictValues(
  models: readonly LinearModel[],
  inputs: readonly (readonly number[])[],
  rows: readonly number[],
  into: Float64Array,
): void {
  for (const row of rows) {
    models.forEach((model, arm) => {
      into[row * models.length + arm] = applyLinear(model, inputs[row]);
    });
  }
}
