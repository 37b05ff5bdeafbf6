import { fade } from '../../services/core/actions/fade.ts';
import type { ItemHistory } from '../../services/core/actions/item-histories.ts';
import type { ItemWeights } from '../../services/core/actions/item-weights.ts';
import type { EpochDay } from '../../services/core/units.ts';
import { invertPositive } from './invert-positive.ts';

export interface WeightOptions {
  /** Cost of a squared weight: the larger, the less single customers count. */
  readonly penalty: number;
  readonly until: EpochDay;
  /** Days after which a purchase counts half; older tastes and seasons then say less about today's pairs. */
  readonly halfLifeDays: number;
}

/**
 * EASE (Steck 2019, "Embarrassingly shallow autoencoders"): the linear weights that best predict each item of a customer
 * from the customer's other items, in closed form: with P the inverse of X'X + penalty * I, weight(i, j) = -P(i, j)/P(j, j).
 * Memory and time grow with the square and the cube of the items.
 * @param items those that may be recommended and learnt from
 */
export function fitItemWeights(
  histories: Iterable<ItemHistory>,
  items: readonly number[],
  { penalty, until, halfLifeDays }: WeightOptions,
): ItemWeights {
  const width = items.length;
  const placeOf = new Map(items.map((item, place) => [item, place]));
  const gram = new Float64Array(width * width);
  for (const history of histories) {
    const places: number[] = [];
    const faded: number[] = [];
    for (const [item, day] of history) {
      const place = placeOf.get(item);
      if (place === undefined) continue;
      places.push(place);
      faded.push(fade(day, until, halfLifeDays));
    }
    addPairs(gram, width, places, faded);
  }
  for (let i = 0; i < width; i++) gram[i * width + i] += penalty;
  invertPositive(gram, width);
  const diagonal = items.map((_, i) => gram[i * width + i]);
  const weights = gram.map((value, at) => -value / diagonal[at % width]);
  for (let i = 0; i < width; i++) weights[i * width + i] = 0;
  return { items, placeOf, weights };
}

/** Adds the products of all pairs to the lower triangle, the one that is looked at. */
function addPairs(gram: Float64Array, width: number, places: readonly number[], faded: readonly number[]): void {
  for (let a = 0; a < places.length; a++) {
    for (let b = 0; b <= a; b++) {
      const at = Math.max(places[a], places[b]) * width + Math.min(places[a], places[b]);
      gram[at] += faded[a] * faded[b];
    }
  }
}
