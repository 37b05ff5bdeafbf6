import { itemHistories, type ItemHistory } from '../../services/core/actions/item-histories.ts';
import type { PurchaseLines } from '../../services/core/actions/purchase-lines.ts';
import { rankingMeasures } from '../../services/core/actions/ranking-measures.ts';
import type { RecommendRequest } from './recommend-request.ts';

/** A customer with what came true: the items bought within the horizon. */
export interface JudgedCustomer {
  readonly history: ItemHistory;
  readonly bought: ReadonlySet<number>;
}

/** Measures per judged customer. */
export interface ListMeasures {
  readonly recall: Float64Array;
  readonly ndcg: Float64Array;
}

/** Customers with a history who bought something within the horizon that could have been recommended. */
export function judgedCustomers(
  lines: PurchaseLines,
  histories: ReadonlyMap<number, ItemHistory>,
  { cut, horizonDays, repeats }: RecommendRequest,
): JudgedCustomer[] {
  const judged: JudgedCustomer[] = [];
  for (const [customer, after] of itemHistories(lines, { from: cut, until: cut + horizonDays })) {
    const history = histories.get(customer);
    if (history === undefined) continue;
    const bought = new Set([...after.keys()].filter((item) => repeats || !history.has(item)));
    if (bought.size > 0) judged.push({ history, bought });
  }
  return judged;
}

/** Measures the lists of some customers. */
export function measureLists(
  customers: readonly JudgedCustomer[],
  listOf: (history: ItemHistory) => readonly number[],
  top: number,
): ListMeasures {
  const measures = customers.map(({ history, bought }) => rankingMeasures(listOf(history), bought, top));
  return {
    recall: Float64Array.from(measures, ({ recall }) => recall),
    ndcg: Float64Array.from(measures, ({ ndcg }) => ndcg),
  };
}
