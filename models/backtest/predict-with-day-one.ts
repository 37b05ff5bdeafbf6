import { currencyExponent, minorPerMajor } from '../../services/core/events/money.ts';
import type { ModelClosedForm } from '../../services/core/scoring/model-manifest.ts';
import { useBackend } from '../../services/platform/tensorflow/backend.ts';
import { predictNetworks } from '../../services/platform/tensorflow/predict-networks.ts';
import { dataFileError } from '../training/data-file-error.ts';
import { adaptModel } from '../training/day-one/adapt-model.ts';
import type { DayOneModel } from '../training/day-one/day-one-model.ts';
import { fitClosedForm } from '../training/fit-closed-form.ts';
import type { Order } from '../training/order.ts';
import { groupOrders } from '../training/order-history.ts';
import { predictRows } from '../training/predict-rows.ts';
import type { TrainRequest } from '../training/train-request.ts';
import type { BacktestResult } from './backtest-result.ts';
import { toCustomerPrediction } from './customer-prediction.ts';
import { customerVectors } from './customer-vectors.ts';
import { encodeVectors } from './encode-vectors.ts';
import { predictBeyondNets } from './predict-beyond-nets.ts';
import { predictClosedForm } from './predict-closed-form.ts';

const ownHorizonDays = 90;

/**
 * Predicts with a model that was made for no shop: it is adapted to the orders before `until` first. For another horizon
 * than its 90 days it ranks the customers, and a Pareto/NBD model fitted on the same orders says how a rate goes on.
 * @throws ERR_DATA_FILE when no order lies before `until`, or too few customers came back to reach beyond 90 days
 */
export async function predictWithDayOne(
  dayOne: DayOneModel,
  orders: readonly Order[],
  { until, horizonDays, currency, backend }: Pick<TrainRequest, 'until' | 'horizonDays' | 'currency' | 'backend'>,
  wanted: readonly string[] | null,
): Promise<BacktestResult> {
  await useBackend(backend);
  const history = groupOrders(orders, until);
  if (history === null) throw dataFileError('No order lies before --cut; set a later day.');
  const frame = { cut: until, minorPerMajor: minorPerMajor(currencyExponent(currency) ?? 2) };
  const adapted = adaptModel(dayOne, history, { until, minorPerMajor: frame.minorPerMajor });
  const customers = wanted ?? [...history.customers.keys()];
  const raw = customerVectors(history, customers, frame);
  const heads = predictNetworks(adapted.nets, customers.length, encodeVectors(raw, adapted.coding));
  if (horizonDays === ownHorizonDays) {
    const predictions = predictRows(heads, adapted.calibration);
    return {
      predictions: predictions.map((prediction, i) => toCustomerPrediction(customers[i], prediction)),
      outlook: outlookOf(adapted.coding.closedForm, horizonDays),
    };
  }
  const closedForm = fitClosedForm(history, 'pareto-nbd', {
    at: until,
    horizonDays,
    minorPerMajor: frame.minorPerMajor,
  });
  if (closedForm === null) {
    throw dataFileError(
      `Too few customers bought more than once to look ${horizonDays} days ahead; give --horizon ${ownHorizonDays}, or a longer history.`,
    );
  }
  return {
    predictions: predictBeyondNets(customers, predictClosedForm(raw, closedForm, until - history.firstDay), heads),
    outlook: outlookOf(closedForm, horizonDays),
  };
}

/** A shop's season is not known on its first day. */
function outlookOf(closedForm: ModelClosedForm | null, nearDays: number): BacktestResult['outlook'] {
  return closedForm && { parameters: closedForm.parameters, nearDays, seasonFactor: 1 };
}
