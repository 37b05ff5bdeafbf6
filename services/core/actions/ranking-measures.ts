export interface RankingMeasures {
  /** Share of the items bought that stand in the list, out of those that could: hits / min(length, bought). */
  readonly recall: number;
  /** Discounted gain over that of the best possible list (binary relevance). */
  readonly ndcg: number;
}

/**
 * Measures of one list against what was bought afterwards, as in Liang et al. 2018 (Mult-VAE).
 * @param length places that count
 * @param bought not empty
 */
export function rankingMeasures(list: readonly number[], bought: ReadonlySet<number>, length: number): RankingMeasures {
  const possible = Math.min(length, bought.size);
  let hits = 0;
  let gain = 0;
  let ideal = 0;
  for (let place = 0; place < length; place++) {
    const discount = 1 / Math.log2(place + 2);
    if (place < possible) ideal += discount;
    if (place < list.length && bought.has(list[place])) {
      hits += 1;
      gain += discount;
    }
  }
  return { recall: hits / possible, ndcg: gain / ideal };
}
