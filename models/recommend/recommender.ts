import { itemHistories, type ItemHistory } from '../../services/core/actions/item-histories.ts';
import { itemPopularity } from '../../services/core/actions/item-popularity.ts';
import type { PurchaseLines } from '../../services/core/actions/purchase-lines.ts';
import { recommendItems, type Recommendation } from '../../services/core/actions/recommend-items.ts';
import { fitItemWeights } from './fit-item-weights.ts';
import type { RecommendRequest } from './recommend-request.ts';
import type { RecommenderSettings } from './recommender-settings.ts';

/** What lists of one cut are made of. */
export interface Recommender {
  /** By customer; those without one bought nothing. */
  readonly histories: ReadonlyMap<number, ItemHistory>;
  listFor(history: ItemHistory): Recommendation[];
}

/** Learns from the lines before the cut and nothing else. */
export function fitRecommender(
  lines: PurchaseLines,
  request: RecommendRequest,
  settings: RecommenderSettings,
): Recommender {
  const { cut: until, historyDays, top, maxItems, repeats } = request;
  const histories = itemHistories(lines, { from: until - historyDays, until });
  const span = { from: until - settings.popularDays, until };
  const popularity = itemPopularity(histories.values(), lines.items.length, span);
  const weights = fitItemWeights(histories.values(), popularity.ranked.slice(0, maxItems), {
    penalty: settings.penalty,
    until,
    halfLifeDays: settings.learnHalfLifeDays,
  });
  const options = {
    top,
    until,
    halfLifeDays: settings.rankHalfLifeDays,
    popularityPower: settings.popularityPower,
    repeats,
  };
  return { histories, listFor: (history) => recommendItems(history, weights, popularity, options) };
}
