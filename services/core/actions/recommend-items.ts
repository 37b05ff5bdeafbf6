import type { EpochDay } from '../units.ts';
import { fade } from './fade.ts';
import type { ItemHistory } from './item-histories.ts';
import type { ItemWeights } from './item-weights.ts';

export interface RankOptions {
  /** Items per customer. */
  readonly top: number;
  /** First day that is not known. */
  readonly until: EpochDay;
  /** Days after which a purchase says half as much. */
  readonly halfLifeDays: number;
  /** 0: how many buy the item now does not matter beyond its weights; 1: twice the buyers, twice the score. */
  readonly popularityPower: number;
  /** Weight of an item on itself, so that it is bought again; null when only items new to the customer are named. */
  readonly ownWeight: number | null;
}

/** What sells of late. */
export interface Popularity {
  /** Buyers by item. */
  readonly buyers: Float64Array;
  /** Items that sell, the one with the most buyers first. */
  readonly ranked: readonly number[];
}

export interface Recommendation {
  readonly item: number;
  /** 0 where only the popularity of the item speaks for it. */
  readonly score: number;
  /** The customer's own item that says most for this one; null where only its popularity does. */
  readonly because: number | null;
}

/**
 * Ranks items for one customer: what the items bought say of the others, newer purchases more, times a power of how many
 * buy the item of late. Places that this does not fill go to the most bought items.
 */
export function recommendItems(
  history: ItemHistory,
  model: ItemWeights,
  popularity: Popularity,
  options: RankOptions,
): Recommendation[] {
  const { items } = model;
  const known = knownItems(history, model, options);
  const mayName = (item: number): boolean => options.ownWeight !== null || !history.has(item);
  const ranked: { place: number; score: number }[] = [];
  const ownWeight = options.ownWeight ?? 0;
  scorePlaces(known, model, ownWeight).forEach((score, place) => {
    if (score <= 0 || !mayName(items[place])) return;
    ranked.push({ place, score: score * popularity.buyers[items[place]] ** options.popularityPower });
  });
  ranked.sort((a, b) => b.score - a.score || a.place - b.place);
  const chosen: Recommendation[] = ranked.slice(0, options.top).map(({ place, score }) => {
    return { item: items[place], score, because: strongest(known, model, place, ownWeight) };
  });
  const taken = new Set(chosen.map(({ item }) => item));
  for (const item of popularity.ranked) {
    if (chosen.length >= options.top) break;
    if (!taken.has(item) && mayName(item)) chosen.push({ item, score: 0, because: null });
  }
  return chosen;
}

interface KnownItem {
  readonly item: number;
  readonly place: number;
  readonly faded: number;
}

function knownItems(history: ItemHistory, { placeOf }: ItemWeights, options: RankOptions): KnownItem[] {
  const known: KnownItem[] = [];
  for (const [item, day] of history) {
    const place = placeOf.get(item);
    if (place !== undefined) known.push({ item, place, faded: fade(day, options.until, options.halfLifeDays) });
  }
  return known;
}

function scorePlaces(known: readonly KnownItem[], { items, weights }: ItemWeights, ownWeight: number): Float64Array {
  const scores = new Float64Array(items.length);
  for (const { place, faded } of known) {
    const from = place * items.length;
    for (let to = 0; to < scores.length; to++) scores[to] += faded * weights[from + to];
    scores[place] += faded * ownWeight;
  }
  return scores;
}

function strongest(
  known: readonly KnownItem[],
  { items, weights }: ItemWeights,
  to: number,
  ownWeight: number,
): number | null {
  let best: number | null = null;
  let most = 0;
  for (const { item, place, faded } of known) {
    const part = faded * (place === to ? ownWeight : weights[place * items.length + to]);
    if (part <= most) continue;
    most = part;
    best = item;
  }
  return best;
}
