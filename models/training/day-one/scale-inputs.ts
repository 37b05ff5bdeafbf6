import type { ModelInput } from '../../../services/core/scoring/model-manifest.ts';
import type { FittedShop } from './fit-shop.ts';

/** The inputs for one shop: what is counted in its median order or rhythm is divided by it. */
export function scaleInputs(
  inputs: readonly ModelInput[],
  { medianOrder, rhythmDays }: Pick<FittedShop, 'medianOrder' | 'rhythmDays'>,
): ModelInput[] {
  return inputs.map((input) => {
    if (input.scale === undefined) return input;
    const figure = input.scale === 'medianOrder' ? medianOrder : rhythmDays;
    return { ...input, unit: (input.unit ?? 1) * figure };
  });
}
