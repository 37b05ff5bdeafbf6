import { itemHistories } from '../../services/core/actions/item-histories.ts';
import { meanOf } from '../../services/core/actions/mean-of.ts';
import type { PurchaseLines } from '../../services/core/actions/purchase-lines.ts';
import { dataFileError } from '../training/data-file-error.ts';
import { judgedCustomers, measureLists } from './measure-lists.ts';
import { popularLists } from './popular-lists.ts';
import type { RecommendRequest } from './recommend-request.ts';
import { fitRecommender } from './recommender.ts';
import type { RecommenderSettings } from './recommender-settings.ts';

export interface ChosenSettings {
  readonly settings: RecommenderSettings;
  /** Days of the most-popular list that did best: the one to beat. */
  readonly popularDays: number;
}

/** What is tried; the first is taken where nothing tells them apart. */
export const triedSettings: readonly RecommenderSettings[] = [100, 300].flatMap((penalty) =>
  [60, 240].map((learnHalfLifeDays) => ({
    penalty,
    learnHalfLifeDays,
    rankHalfLifeDays: 60,
    popularityPower: 0.3,
    popularDays: 60,
  })),
);
const triedPopularDays = [30, 60, 365] as const;
/** Fewer customers than this tell nothing. */
const minCustomers = 20;

/**
 * Chooses by NDCG at the cut one horizon earlier, whose outcomes lie before the cut that counts.
 * @throws ERR_DATA_FILE when too few customers bought something new there
 */
export function chooseSettings(
  lines: PurchaseLines,
  request: RecommendRequest,
  tried: (count: number) => void,
): ChosenSettings {
  const earlier = { ...request, cut: request.cut - request.horizonDays };
  const histories = itemHistories(lines, { from: earlier.cut - earlier.historyDays, until: earlier.cut });
  const customers = judgedCustomers(lines, histories, earlier);
  if (customers.length < minCustomers)
    throw dataFileError(
      `Only ${customers.length} customers with earlier purchases bought something new in the ${request.horizonDays} days before the cut, ${minCustomers} are needed to choose how to recommend; give a longer history, a later --cut or a longer --horizon.`,
    );
  const worth = (listOf: Parameters<typeof measureLists>[1]): number =>
    meanOf(measureLists(customers, listOf, request.top).ndcg);
  const byPopularity = triedPopularDays.map((days) =>
    worth(popularLists(histories, lines.items.length, earlier, days)),
  );
  const bySettings = triedSettings.map((settings, done) => {
    const { listFor } = fitRecommender(lines, earlier, settings);
    const ndcg = worth((history) => listFor(history).map(({ item }) => item));
    tried(done + 1);
    return ndcg;
  });
  return {
    settings: triedSettings[bySettings.indexOf(Math.max(...bySettings))],
    popularDays: triedPopularDays[byPopularity.indexOf(Math.max(...byPopularity))],
  };
}
