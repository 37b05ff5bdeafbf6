import { itemHistories, type ItemHistory } from '../../services/core/actions/item-histories.ts';
import { itemPopularity } from '../../services/core/actions/item-popularity.ts';
import type { ItemWeights } from '../../services/core/actions/item-weights.ts';
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

/** Without weights, only popularity speaks. */
const noWeights: ItemWeights = { items: [], placeOf: new Map(), weights: new Float64Array(0) };

/**
 * Learns from the lines before the cut and nothing else.
 * @param settings how; with `popularDays` alone, lists name the most bought items of these days
 */
export function fitRecommender(
  lines: PurchaseLines,
  { cut: until, historyDays, top, maxItems, repeats }: RecommendRequest,
  settings: RecommenderSettings | Pick<RecommenderSettings, 'popularDays'>,
): Recommender {
  const histories = itemHistories(lines, { from: until - historyDays, until });
  const span = { from: until - settings.popularDays, until };
  const popularity = itemPopularity(histories.values(), lines.items.length, span);
  const learns = 'penalty' in settings ? settings : null;
  const weights =
    learns === null
      ? noWeights
      : fitItemWeights(histories.values(), popularity.ranked.slice(0, maxItems), {
          penalty: learns.penalty,
          until,
          halfLifeDays: learns.learnHalfLifeDays,
        });
  const options = {
    top,
    until,
    halfLifeDays: learns?.rankHalfLifeDays ?? 1,
    popularityPower: learns?.popularityPower ?? 1,
    ownWeight: repeats ? (learns?.ownWeight ?? 0) : null,
  };
  return { histories, listFor: (history) => recommendItems(history, weights, popularity, options) };
}
