import { meanOf } from '../../services/core/actions/mean-of.ts';
import type { PurchaseLines } from '../../services/core/actions/purchase-lines.ts';
import { valueInterval, type Interval } from '../../services/core/actions/value-interval.ts';
import { dataFileError } from '../training/data-file-error.ts';
import { judgedCustomers, measureLists } from './measure-lists.ts';
import { popularLists } from './popular-lists.ts';
import type { RecommendRequest } from './recommend-request.ts';
import type { Recommender } from './recommender.ts';

/** One measure of both lists, and by how much ours is above the other, customer by customer. */
export interface ComparedMeasure {
  readonly ours: number;
  readonly popular: number;
  readonly difference: Interval;
}

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
  { histories, listFor }: Recommender,
  request: RecommendRequest,
  popularDays: number,
): RecommenderReport {
  const lastDay = Array.from(lines.day).reduce((last, day) => Math.max(last, day), -Infinity);
  const missing = request.cut + request.horizonDays - 1 - lastDay;
  if (missing > 0)
    throw dataFileError(
      `The lines end ${missing} days before the horizon does; give an earlier --cut or a shorter --horizon, or leave --evaluate out.`,
    );
  const customers = judgedCustomers(lines, histories, request);
  if (customers.length < 2)
    throw dataFileError(
      `${customers.length} customers with earlier purchases bought something new within the horizon; there is nothing to judge by. Give an earlier --cut or a longer --horizon.`,
    );
  const ours = measureLists(customers, (history) => listFor(history).map(({ item }) => item), request.top);
  const popularList = popularLists(histories, lines.items.length, request, popularDays);
  const popular = measureLists(customers, popularList, request.top);
  return {
    customers: customers.length,
    recall: compare(ours.recall, popular.recall),
    ndcg: compare(ours.ndcg, popular.ndcg),
  };
}

function compare(ours: Float64Array, popular: Float64Array): ComparedMeasure {
  const differences = ours.map((value, i) => value - popular[i]);
  const value = meanOf(differences);
  const influence = differences.map((difference) => difference - value);
  const everyone = Int32Array.from(influence, (_, i) => i);
  return { ours: meanOf(ours), popular: meanOf(popular), difference: valueInterval({ value, influence }, everyone) };
}
