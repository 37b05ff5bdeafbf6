import { closedFormNames, createClosedForm } from '../../services/core/btyd/closed-form.ts';
import { featureIndex, featureNames } from '../../services/core/features/feature-catalogue.ts';
import type { ModelClosedForm } from '../../services/core/scoring/model-manifest.ts';

/** What a buy-till-you-die model says of each customer; arrays of one length. */
export interface ClosedFormPredictions {
  /** P(at least one purchase day within the horizon), strictly between 0 and 1. */
  readonly active: Float64Array;
  readonly purchaseDays: Float64Array;
  /** Major units. */
  readonly spend: Float64Array;
}

const edge = 1e-6;

/**
 * Predictions of the closed form for raw feature vectors. A customer without a purchase is taken for one who bought once
 * when the history began, and not since.
 * @param historyDays days of history before the cut
 */
export function predictClosedForm(
  raw: Float64Array,
  { parameters, horizonDays }: ModelClosedForm,
  historyDays: number,
): ClosedFormPredictions {
  const width = featureNames.length;
  const rows = raw.length / width;
  const closedForm = createClosedForm(parameters, horizonDays, featureNames);
  const out = new Float64Array(closedFormNames.length);
  const made = { active: new Float64Array(rows), purchaseDays: new Float64Array(rows), spend: new Float64Array(rows) };
  for (let row = 0; row < rows; row++) {
    closedForm(withPurchase(raw.slice(row * width, (row + 1) * width), historyDays), 0, out, 0);
    made.purchaseDays[row] = out[0];
    made.active[row] = Math.min(1 - edge, Math.max(edge, out[2]));
    made.spend[row] = out[3];
  }
  return made;
}

function withPurchase(vector: Float64Array, historyDays: number): Float64Array {
  const set = (name: string, value: number): void => {
    const column = featureIndex(name);
    if (column !== null) vector[column] = value;
  };
  const days = featureIndex('purchase_days') ?? 0;
  if (vector[days] > 0) return vector;
  set('purchase_days', 1);
  set('recency_days', historyDays);
  set('tenure_days', historyDays);
  set('spend_per_purchase_day', 0);
  return vector;
}
