import type { PurchaseLines } from '../../services/core/actions/purchase-lines.ts';
import { dataFileError } from '../training/data-file-error.ts';
import { compareMeasures, type ComparedMeasure } from './compare-measures.ts';
import { judgedCustomers, measureLists } from './measure-lists.ts';
import type { RecommendRequest } from './recommend-request.ts';
import { fitRecommender, type Recommender } from './recommender.ts';

export interface RecommenderReport {
  readonly customers: number;
  readonly recall: ComparedMeasure;
  readonly ndcg: ComparedMeasure;
}

/**
 * Compares with the most-popular list on what was bought from the cut on.
 * @throws ERR_DATA_FILE when nobody can be judged, or the lines end before the horizon does
 */
export function evaluateRecommender(
  lines: PurchaseLines,
  recommender: Recommender,
  request: RecommendRequest,
  popularDays: number,
): RecommenderReport {
  const lastDay = Array.from(lines.day).reduce((last, day) => Math.max(last, day), -Infinity);
  const missing = request.cut + request.horizonDays - 1 - lastDay;
  if (missing > 0)
    throw dataFileError(
      `The lines end ${missing} days before the horizon does; give an earlier --cut or a shorter --horizon, or leave --evaluate out.`,
    );
  const customers = judgedCustomers(lines, recommender.histories, request);
  if (customers.length < 2)
    throw dataFileError(
      `${customers.length} customers with earlier purchases bought something that could have been recommended within the horizon; there is nothing to judge by. Give an earlier --cut or a longer --horizon.`,
    );
  const measure = (lists: Recommender) =>
    measureLists(customers, (history) => lists.listFor(history).map(({ item }) => item), request.top);
  const ours = measure(recommender);
  const popular = measure(fitRecommender(lines, request, { popularDays }));
  return {
    customers: customers.length,
    recall: compareMeasures(ours.recall, popular.recall),
    ndcg: compareMeasures(ours.ndcg, popular.ndcg),
  };
}
