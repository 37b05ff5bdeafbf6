/** What was measured with one number of customers in the store. */
export interface GrowthStep {
  readonly customers: number;
  readonly redisBytesPerCustomer: number;
  readonly eventsPerSecond: number;
  /** From `kill -9` to the first acknowledged score of the process started in its place. */
  readonly firstScoreAfterKillMs: number;
}
