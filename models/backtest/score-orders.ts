import { currencyExponent, minorPerMajor } from '../../services/core/events/money.ts';
import { featureNames } from '../../services/core/features/feature-catalogue.ts';
import { createReasonTeller, type ReasonTeller } from '../../services/core/reasons/create-reason-teller.ts';
import { nextLevel, type Level } from '../../services/core/scoring/level.ts';
import { modelOutputs } from '../../services/core/scoring/model-outputs.ts';
import { readHeads } from '../../services/core/scoring/read-heads.ts';
import type { ScoreReason } from '../../services/core/scoring/score.ts';
import type { EpochDay } from '../../services/core/units.ts';
import type { BackendName } from '../../services/platform/tensorflow/backend.ts';
import { loadModel } from '../../services/platform/tensorflow/load-model.ts';
import { dataFileError } from '../training/data-file-error.ts';
import type { Order } from '../training/order.ts';
import { groupOrders } from '../training/order-history.ts';
import { toCustomerPrediction, type CustomerPrediction } from './customer-prediction.ts';
import { customerVectors } from './customer-vectors.ts';
import { encodeVectors } from './encode-vectors.ts';

/** What a model says of one customer now. */
export interface CustomerScore extends CustomerPrediction {
  readonly churn30: number;
  readonly churn60: number;
  /** By the cut-offs of the model, for somebody who was never scored before. */
  readonly level: Level;
  /** Null where none were asked for. */
  readonly reasons: readonly ScoreReason[] | null;
}

export interface ScoreOrdersRequest {
  /** First day that is not looked at. */
  readonly cut: EpochDay;
  readonly currency: string;
  readonly backend: BackendName;
  readonly wantsReasons: boolean;
}

/**
 * Scores customers from their orders before the cut, with the vectors that `backtest` makes of them.
 * @param wanted null for everybody with an order before the cut
 * @throws ERR_DATA_FILE when no order lies before the cut
 */
export async function scoreOrders(
  dir: string,
  orders: readonly Order[],
  { cut, currency, backend, wantsReasons }: ScoreOrdersRequest,
  wanted: readonly string[] | null,
): Promise<CustomerScore[]> {
  const history = groupOrders(orders, cut);
  if (history === null) throw dataFileError('No order lies before --cut; set a later day.');
  const customers = wanted ?? [...history.customers.keys()];
  const raw = customerVectors(history, customers, { cut, minorPerMajor: minorPerMajor(currencyExponent(currency) ?? 2) }); // prettier-ignore
  const model = await loadModel(dir, { backend });
  try {
    const { calibration, levelCutoffs, inputs } = model.manifest;
    const encoded = encodeVectors(raw, model.manifest);
    const heads = model.predict(customers.length, encoded);
    const tell: ReasonTeller | null = wantsReasons ? createReasonTeller(model, featureNames) : null;
    return customers.map((customer, i): CustomerScore => {
      const prediction = readHeads(heads, i * modelOutputs.length, calibration);
      const { p30, p60, p90 } = prediction.churn;
      const vector = encoded.subarray(i * inputs.length, (i + 1) * inputs.length);
      const level = nextLevel(p90, 'none', levelCutoffs);
      const reasons = tell && (level === 'none' ? [] : tell({ raw, at: i * featureNames.length, vector, currency }));
      return { ...toCustomerPrediction(customer, prediction), churn30: p30, churn60: p60, level, reasons };
    });
  } finally {
    model.dispose();
  }
}
