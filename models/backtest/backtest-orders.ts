import { currencyExponent, minorPerMajor } from '../../services/core/events/money.ts';
import { predictNetworks } from '../../services/platform/tensorflow/predict-networks.ts';
import { dataFileError } from '../training/data-file-error.ts';
import { fitClosedForm } from '../training/fit-closed-form.ts';
import type { Order } from '../training/order.ts';
import { groupOrders, type OrderHistory } from '../training/order-history.ts';
import { predictRows } from '../training/predict-rows.ts';
import { minHistoryDays } from '../training/rolling-cuts.ts';
import { trainModel } from '../training/train-model.ts';
import type { TrainRequest } from '../training/train-request.ts';
import type { TrainedModel } from '../training/trained-model.ts';
import type { BacktestResult } from './backtest-result.ts';
import { toCustomerPrediction } from './customer-prediction.ts';
import { customerVectors } from './customer-vectors.ts';
import { encodeVectors } from './encode-vectors.ts';
import { predictBeyondNets } from './predict-beyond-nets.ts';
import { predictClosedForm } from './predict-closed-form.ts';

/** Nets that look ahead for fewer days than this learn more noise than habit. */
const leastWindowDays = 14;

/**
 * Trains on the orders before the cut (`until` of the request) and predicts the `horizonDays` after it, for each wanted
 * customer or, with null, for everybody seen. Where the history has room for label windows of the whole horizon, the
 * nets predict; where it has not, nets with the longest windows it has room for and a buy-till-you-die model do so
 * together, and on the shortest histories the latter alone.
 * @throws ERR_DATA_FILE when nothing can be learnt from the orders
 */
export async function backtestOrders(
  orders: readonly Order[],
  request: TrainRequest,
  wanted: readonly string[] | null,
): Promise<BacktestResult> {
  const history = groupOrders(orders, request.until);
  if (history === null) throw dataFileError('No order lies before --cut; set a later day.');
  const customers = wanted ?? [...history.customers.keys()];
  const windowDays = Math.floor((request.until - history.firstDay - minHistoryDays) / 3);
  if (windowDays >= request.horizonDays) {
    return predictWithNets(await trainModel(orders, request), history, customers, request);
  }
  request.progress.say(describeShort(windowDays, request.horizonDays));
  const trained =
    windowDays < leastWindowDays ? null : await trainModel(orders, { ...request, horizonDays: windowDays });
  return predictShort(trained, history, customers, request);
}

function describeShort(windowDays: number, horizonDays: number): string {
  const nets = windowDays < leastWindowDays ? 'no nets' : `nets that look ${windowDays} days ahead`;
  return `The history is too short to learn from windows of ${horizonDays} days: ${nets} and a buy-till-you-die model predict`;
}

function predictWithNets(
  trained: TrainedModel,
  history: OrderHistory,
  customers: readonly string[],
  request: TrainRequest,
): BacktestResult {
  const heads = headsOf(trained, customerVectors(history, customers, vectorFrame(request)));
  const predictions = predictRows(heads, trained.calibration, request.horizonDays).map((prediction, i) =>
    toCustomerPrediction(customers[i], prediction),
  );
  const { closedForm } = trained.coding;
  const seasonFactor = Math.exp(trained.calibration.season?.logSpend ?? 0);
  const outlook = closedForm && { parameters: closedForm.parameters, nearDays: request.horizonDays, seasonFactor };
  return { predictions, outlook };
}

function predictShort(
  trained: TrainedModel | null,
  history: OrderHistory,
  customers: readonly string[],
  request: TrainRequest,
): BacktestResult {
  const { horizonDays, until } = request;
  const { minorPerMajor } = vectorFrame(request);
  const closedForm = fitClosedForm(history, 'pareto-nbd', { at: until, horizonDays, minorPerMajor });
  if (closedForm === null) {
    throw dataFileError(
      'Too few customers bought more than once to learn how often they come back; give a longer history.',
    );
  }
  const raw = customerVectors(history, customers, vectorFrame(request));
  const closed = predictClosedForm(raw, closedForm, until - history.firstDay);
  return {
    predictions: predictBeyondNets(customers, closed, trained === null ? null : headsOf(trained, raw)),
    outlook: { parameters: closedForm.parameters, nearDays: horizonDays, seasonFactor: 1 },
  };
}

function vectorFrame({ until, currency }: TrainRequest): { cut: number; minorPerMajor: number } {
  return { cut: until, minorPerMajor: minorPerMajor(currencyExponent(currency) ?? 2) };
}

function headsOf({ nets, coding }: TrainedModel, raw: Float64Array): Float32Array {
  const encoded = encodeVectors(raw, coding);
  const rows = encoded.length / coding.inputs.length;
  return rows === 0 ? new Float32Array() : predictNetworks(nets, rows, encoded);
}
