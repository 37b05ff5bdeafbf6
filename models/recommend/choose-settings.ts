import { itemHistories } from '../../services/core/actions/item-histories.ts';
import { meanOf } from '../../services/core/actions/mean-of.ts';
import type { PurchaseLines } from '../../services/core/actions/purchase-lines.ts';
import { dataFileError } from '../training/data-file-error.ts';
import { compareMeasures } from './compare-measures.ts';
import { judgedCustomers, measureLists } from './measure-lists.ts';
import type { RecommendRequest } from './recommend-request.ts';
import { fitRecommender } from './recommender.ts';
import type { RecommenderSettings } from './recommender-settings.ts';

export interface ChosenSettings {
  /** Null when no way to recommend was better than the most-popular list beyond its interval. */
  readonly settings: RecommenderSettings | null;
  /** Days of the most-popular list that did best: the one to beat. */
  readonly popularDays: number;
}

const usual = { rankHalfLifeDays: 60, popularityPower: 0.3, ownWeight: 0.1, popularDays: 60 };

/** What is tried: from quick trades with much data to slow ones with little. */
export const triedSettings: readonly RecommenderSettings[] = [
  { ...usual, penalty: 100, learnHalfLifeDays: 60 },
  { ...usual, penalty: 100, learnHalfLifeDays: 240 },
  { ...usual, penalty: 300, learnHalfLifeDays: 60 },
  { ...usual, penalty: 300, learnHalfLifeDays: 240 },
  {
    penalty: 3000,
    learnHalfLifeDays: 240,
    rankHalfLifeDays: 240,
    popularityPower: 1,
    ownWeight: 0.1,
    popularDays: 365,
  },
];
const triedPopularDays = [30, 60, 365] as const;
/** Fewer customers than this tell nothing. */
const minCustomers = 20;

/**
 * Chooses by NDCG at the cut one horizon earlier, whose outcomes lie before the cut that counts.
 * @throws ERR_DATA_FILE when too few customers bought something there that could have been recommended
 */
export function chooseSettings(lines: PurchaseLines, request: RecommendRequest, tried: () => void): ChosenSettings {
  const earlier = { ...request, cut: request.cut - request.horizonDays };
  const histories = itemHistories(lines, { from: earlier.cut - earlier.historyDays, until: earlier.cut });
  const customers = judgedCustomers(lines, histories, earlier);
  if (customers.length < minCustomers)
    throw dataFileError(
      `Only ${customers.length} customers with earlier purchases bought something that could have been recommended in the ${request.horizonDays} days before the cut, ${minCustomers} are needed to choose how to recommend; give a longer history, a later --cut or a longer --horizon.`,
    );
  const ndcgOf = (settings: Parameters<typeof fitRecommender>[2]): Float64Array => {
    const { listFor } = fitRecommender(lines, earlier, settings);
    return measureLists(customers, (history) => listFor(history).map(({ item }) => item), request.top).ndcg;
  };
  const popular = triedPopularDays.map((popularDays) => ({ popularDays, ndcg: ndcgOf({ popularDays }) }));
  const ways = triedSettings.map((settings) => {
    const ndcg = ndcgOf(settings);
    tried();
    return { settings, ndcg };
  });
  const toBeat = best(popular);
  const way = best(ways);
  const isBetter = compareMeasures(way.ndcg, toBeat.ndcg).difference.low > 0;
  return { settings: isBetter ? way.settings : null, popularDays: toBeat.popularDays };
}

function best<T extends { readonly ndcg: Float64Array }>(tried: readonly T[]): T {
  return tried.reduce((first, other) => (meanOf(other.ndcg) > meanOf(first.ndcg) ? other : first));
}
