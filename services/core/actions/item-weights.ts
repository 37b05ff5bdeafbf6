/** What having bought one item says about buying another. Dense over the items that may be recommended. */
export interface ItemWeights {
  /** Item behind each place. */
  readonly items: readonly number[];
  readonly placeOf: ReadonlyMap<number, number>;
  /** `weights[from * items.length + to]`; 0 on the diagonal. */
  readonly weights: Float64Array;
}
