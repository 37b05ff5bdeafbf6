import type { ValuerSource } from '../../services/core/value/create-valuer.ts';
import type { CustomerPrediction } from './customer-prediction.ts';

export interface BacktestResult {
  readonly predictions: readonly CustomerPrediction[];
  /** What says how purchases go on after the predicted days; null where the orders allowed no fit of it. */
  readonly outlook: ValuerSource | null;
}
