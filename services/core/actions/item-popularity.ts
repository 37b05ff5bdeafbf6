import type { DaySpan, ItemHistory } from './item-histories.ts';
import type { Popularity } from './recommend-items.ts';

/** How many customers bought each item within the span that ends the histories; these may begin earlier. */
export function itemPopularity(histories: Iterable<ItemHistory>, items: number, { from, until }: DaySpan): Popularity {
  const buyers = new Float64Array(items);
  for (const history of histories) {
    for (const [item, day] of history) if (day >= from && day < until) buyers[item] += 1;
  }
  const ranked = [...buyers.keys()].filter((item) => buyers[item] > 0);
  ranked.sort((a, b) => buyers[b] - buyers[a] || a - b);
  return { buyers, ranked };
}
