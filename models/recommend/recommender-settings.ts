/** How items are recommended; chosen on an earlier cut. */
export interface RecommenderSettings {
  /** Cost of a squared weight. */
  readonly penalty: number;
  /** Days after which a purchase counts half when weights are learnt. */
  readonly learnHalfLifeDays: number;
  /** Days after which a purchase counts half when a customer's items are ranked. */
  readonly rankHalfLifeDays: number;
  readonly popularityPower: number;
  /** Weight of an item on itself, where repeats may be recommended. */
  readonly ownWeight: number;
  /** Days before the cut in which buyers are counted; items that nobody bought within them are not recommended. */
  readonly popularDays: number;
}
