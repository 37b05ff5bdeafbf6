import type { ItemHistory } from '../../services/core/actions/item-histories.ts';
import { itemPopularity } from '../../services/core/actions/item-popularity.ts';
import type { RecommendRequest } from './recommend-request.ts';

/** The list to beat: the items with the most buyers within some days before the cut, without those bought before. */
export function popularLists(
  histories: ReadonlyMap<number, ItemHistory>,
  items: number,
  { cut: until, top, repeats }: RecommendRequest,
  popularDays: number,
): (history: ItemHistory) => number[] {
  const { ranked } = itemPopularity(histories.values(), items, { from: until - popularDays, until });
  return (history) => {
    const list: number[] = [];
    for (const item of ranked) {
      if (list.length >= top) break;
      if (repeats || !history.has(item)) list.push(item);
    }
    return list;
  };
}
