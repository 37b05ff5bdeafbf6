import type { ModelInput } from '../../../services/core/scoring/model-manifest.ts';
import { bareDayOneInputs } from './day-one-inputs.ts';
import { encodeShopRows, type ShopRows } from './shop-rows.ts';

const clip = 6;
const leastSd = 1e-6;

/** The inputs, standardised over the rows of all shops, each encoded in its own shop's units. */
export function fitDayOneInputs(shops: readonly ShopRows[]): ModelInput[] {
  const bare = bareDayOneInputs();
  const partners = bare.map(({ feature, transform }) =>
    transform === 'defined'
      ? null
      : bare.findIndex((input) => input.feature === feature && input.transform === 'defined'),
  );
  const moments = bare.map(() => ({ count: 0, mean: 0, squares: 0 }));
  for (const shop of shops) {
    const { rows, inputs } = encodeShopRows(shop, bare, 1);
    for (let row = 0; row < rows; row++) {
      for (const [i, moment] of moments.entries()) {
        const partner = partners[i];
        const isDefined = partner === null || partner < 0 || inputs[row * bare.length + partner] === 1;
        if (isDefined) addValue(moment, inputs[row * bare.length + i]);
      }
    }
  }
  return bare.map((input, i) => {
    const { count, mean, squares } = moments[i];
    const sd = Math.sqrt(squares / Math.max(1, count));
    return sd > leastSd ? { ...input, mean, sd, clip } : { ...input, mean, sd: 1, clip };
  });
}

function addValue(moment: { count: number; mean: number; squares: number }, value: number): void {
  moment.count += 1;
  const delta = value - moment.mean;
  moment.mean += delta / moment.count;
  moment.squares += delta * (value - moment.mean);
}
