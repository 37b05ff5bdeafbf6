import { describe, expect, it } from 'vitest';
import { itemHistories } from '../../../../services/core/actions/item-histories.ts';
import { itemPopularity } from '../../../../services/core/actions/item-popularity.ts';
import { rankingMeasures } from '../../../../services/core/actions/ranking-measures.ts';
import { recommendItems, type RankOptions } from '../../../../services/core/actions/recommend-items.ts';

const lines = {
  customers: ['a', 'b', 'c'],
  items: ['tea', 'cup', 'pot', 'jam'],
  customer: [0, 0, 0, 1, 1, 2, 2],
  item: [0, 1, 0, 0, 3, 3, 2],
  day: [10, 12, 15, 14, 20, 16, 19],
};
const span = { from: 10, until: 20 };
const histories = itemHistories(lines, span);

describe('item histories', () => {
  it('hold the last day of each item, and nothing from the end on', () => {
    expect([...histories.get(0)!]).toEqual([
      [0, 15],
      [1, 12],
    ]);
    expect([...histories.get(1)!]).toEqual([[0, 14]]);
    expect(itemHistories(lines, { from: 0, until: 10 }).size).toBe(0);
  });

  it('make the popularity of items, the most bought first', () => {
    const { buyers, ranked } = itemPopularity(histories.values(), 4, span);
    expect(Array.from(buyers)).toEqual([2, 1, 1, 1]);
    expect(ranked).toEqual([0, 1, 2, 3]);
    expect(itemPopularity(histories.values(), 4, { from: 15, until: 20 }).ranked).toEqual([0, 2, 3]);
  });
});

describe('recommended items', () => {
  // tea speaks for cup with .2 and pot with .5; jam speaks for cup with .4
  const weights = {
    items: [0, 1, 2, 3],
    placeOf: new Map([0, 1, 2, 3].map((i) => [i, i])),
    weights: new Float64Array(16),
  };
  weights.weights.set([0.2, 0.5], 1);
  weights.weights[3 * 4 + 1] = 0.4;
  const popularity = { buyers: Float64Array.from([9, 1, 4, 8]), ranked: [0, 3, 2, 1] };
  const options: RankOptions = { top: 3, until: 20, halfLifeDays: 5, popularityPower: 0, ownWeight: null };

  it('come in the order of what was bought, newer purchases counting more, each with its reason', () => {
    const history = new Map([
      [0, 14], // one half-life ago: half
      [3, 19],
    ]);
    expect(recommendItems(history, weights, popularity, options)).toEqual([
      { item: 1, score: 0.2 * 0.5 + 0.4, because: 3 },
      { item: 2, score: 0.25, because: 0 },
    ]);
  });

  it('are filled up by what sells, without what the customer has', () => {
    const found = recommendItems(new Map([[0, 19]]), weights, popularity, options);
    expect(found.map(({ item, because }) => [item, because])).toEqual([
      [2, 0],
      [1, 0],
      [3, null],
    ]);
  });

  it('are weighted by a power of how many buy them', () => {
    const history = new Map([
      [0, 14],
      [3, 19],
    ]);
    const [first] = recommendItems(history, weights, popularity, { ...options, popularityPower: 1 });
    expect(first).toEqual({ item: 2, score: 0.25 * 4, because: 0 });
  });

  it('may be bought again where that is asked for', () => {
    const [first] = recommendItems(new Map([[0, 19]]), weights, popularity, { ...options, ownWeight: 0.6 });
    expect(first).toEqual({ item: 0, score: 0.6, because: 0 });
  });
});

describe('ranking measures', () => {
  it('are 1 for the best possible list, also where more was bought than the list holds', () => {
    expect(rankingMeasures([1, 2], new Set([1, 2, 3]), 2)).toEqual({ recall: 1, ndcg: 1 });
    expect(rankingMeasures([3, 9, 9], new Set([3]), 3)).toEqual({ recall: 1, ndcg: 1 });
  });

  it('count a hit less the later it comes', () => {
    const { recall, ndcg } = rankingMeasures([7, 5, 6], new Set([5, 8]), 3);
    expect(recall).toBe(0.5);
    expect(ndcg).toBeCloseTo(1 / Math.log2(3) / (1 + 1 / Math.log2(3)), 12);
    expect(rankingMeasures([], new Set([1]), 10)).toEqual({ recall: 0, ndcg: 0 });
  });
});
