/** How far the group that publishes scores is done. */
export interface LiveProgress {
  /**
   * Per partition the first offset that the live group has not committed; a partition it never committed is absent.
   * Rejects with ERR_LOG_UNAVAILABLE (retryable) when it cannot be asked.
   */
  committed(): Promise<ReadonlyMap<number, number>>;
  stop(): Promise<void>;
}
