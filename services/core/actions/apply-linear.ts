import type { LinearModel } from './linear-model.ts';

/** What a linear model says of one row of inputs. */
export function applyLinear(model: LinearModel, inputs: readonly number[]): number {
  let sum = model[0];
  for (let j = 0; j < inputs.length; j++) sum += model[j + 1] * inputs[j];
  return sum;
}
