import type { ModelManifest } from './model-manifest.ts';

/** ISO 4217's code for "no currency". */
export const noCurrency = 'XXX';

/**
 * Whether a model was made for no shop in particular: its money is in median orders and its times are in rhythms, and it
 * must be adapted to a shop before it scores customers.
 */
export function isForAnyShop({ currency }: Pick<ModelManifest, 'currency'>): boolean {
  return currency === noCurrency;
}
