import { currencyExponent, minorPerMajor } from '../../services/core/events/money.ts';
import { modelOutputs } from '../../services/core/scoring/model-outputs.ts';
import { readHeads } from '../../services/core/scoring/read-heads.ts';
import { loadModel } from '../../services/platform/tensorflow/load-model.ts';
import { dataFileError } from '../training/data-file-error.ts';
import { readDayOneModel } from '../training/day-one/day-one-model.ts';
import type { Order } from '../training/order.ts';
import { groupOrders } from '../training/order-history.ts';
import type { TrainRequest } from '../training/train-request.ts';
import type { BacktestResult } from './backtest-result.ts';
import { toCustomerPrediction } from './customer-prediction.ts';
import { customerVectors } from './customer-vectors.ts';
import { encodeVectors } from './encode-vectors.ts';
import { predictWithDayOne } from './predict-with-day-one.ts';

/**
 * Predicts with a model directory instead of training: the orders before `until` only make the features, or, where the
 * model was made for no shop in particular, adapt it as well.
 * @throws ERR_DATA_FILE when the model looks another number of days ahead than is asked for, or there are no orders
 */
export async function predictWithModel(
  dir: string,
  orders: readonly Order[],
  request: Pick<TrainRequest, 'until' | 'horizonDays' | 'currency' | 'backend'>,
  wanted: readonly string[] | null,
): Promise<BacktestResult> {
  const dayOne = await readDayOneModel(dir, request.backend);
  if (dayOne !== null) return predictWithDayOne(dayOne, orders, request, wanted);
  const { until, horizonDays, currency, backend } = request;
  const model = await loadModel(dir, { backend });
  try {
    refuseOtherHorizon(dir, horizonDays, model.manifest.horizonsDays[2]);
    const history = groupOrders(orders, until);
    if (history === null) throw dataFileError('No order lies before --cut; set a later day.');
    const customers = wanted ?? [...history.customers.keys()];
    const frame = { cut: until, minorPerMajor: minorPerMajor(currencyExponent(currency) ?? 2) };
    const encoded = encodeVectors(customerVectors(history, customers, frame), model.manifest);
    const heads = model.predict(customers.length, encoded);
    const { calibration, closedForm } = model.manifest;
    const predictions = customers.map((customer, i) =>
      toCustomerPrediction(customer, readHeads(heads, i * modelOutputs.length, calibration)),
    );
    const seasonFactor = Math.exp(calibration.season?.logSpend ?? 0);
    const outlook = closedForm && { parameters: closedForm.parameters, nearDays: horizonDays, seasonFactor };
    return { predictions, outlook };
  } finally {
    model.dispose();
  }
}

function refuseOtherHorizon(dir: string, wanted: number, looksAhead: number): void {
  if (wanted === looksAhead) return;
  throw dataFileError(
    `The model ${dir} looks ${looksAhead} days ahead, not ${wanted}; give --horizon ${looksAhead}, or leave out --model to train for ${wanted} days.`,
  );
}
