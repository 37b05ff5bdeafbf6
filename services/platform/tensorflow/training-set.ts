/** Columns of `TrainingSet.targets` where the loss is `retentionLoss`; another loss has its own. */
export const targetColumns = ['silent30', 'silent60', 'silent90', 'logSpend', 'purchaseDays', 'spendShare'] as const;

/**
 * Encoded rows with what happened after them. `silentH` is 1 where no purchase came within H days; `logSpend` is the
 * natural log of the spend within 90 days (0 where there was none), `purchaseDays` counts days with a purchase in them,
 * `spendShare` is the spend as a multiple of the mean spend, so that all losses are of one size.
 */
export interface TrainingSet {
  readonly rows: number;
  /** rows x width, row-major. */
  readonly inputs: Float32Array;
  /** rows x the columns that the loss asks for, row-major. */
  readonly targets: Float32Array;
}
