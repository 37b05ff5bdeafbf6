/** How a reference column is compared: counts exactly, everything else within the csv's rounding. */
export interface ReferenceColumn {
  readonly feature: string;
  readonly exact: boolean;
}

const exact = (feature: string): ReferenceColumn => ({ feature, exact: true });
const rounded = (feature: string): ReferenceColumn => ({ feature, exact: false });

/** Column of the batch reference -> feature of ours, for every column that both have. */
export const referenceColumns: Readonly<Record<string, ReferenceColumn>> = {
  n_days: exact('purchase_days'),
  n_inv: exact('orders'),
  amount: rounded('spend'),
  amount_mean: rounded('spend_per_purchase_day'),
  recency: exact('recency_days'),
  tenure: exact('tenure_days'),
  gap_mean: rounded('gap_mean'),
  gap_std: rounded('gap_sd'),
  gap_last: exact('gap_last'),
  gap_max: exact('gap_max'),
  rec_over_gap: rounded('recency_over_gap'),
  n_30: exact('purchase_days_30'),
  amt_30: rounded('spend_30'),
  n_60: exact('purchase_days_60'),
  amt_60: rounded('spend_60'),
  n_90: exact('purchase_days_90'),
  amt_90: rounded('spend_90'),
  n_180: exact('purchase_days_180'),
  amt_180: rounded('spend_180'),
  n_365: exact('purchase_days_365'),
  amt_365: rounded('spend_365'),
  cancels: exact('cancellations'),
  cancel_amt: rounded('cancelled_amount'),
  cancels_90: exact('cancellations_90'),
};
