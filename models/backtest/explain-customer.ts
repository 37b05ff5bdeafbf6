import { currencyExponent, minorPerMajor } from '../../services/core/events/money.ts';
import { featureNames } from '../../services/core/features/feature-catalogue.ts';
import { createExplainer } from '../../services/core/reasons/create-explainer.ts';
import type { Explanation } from '../../services/core/reasons/explanation.ts';
import type { EpochDay } from '../../services/core/units.ts';
import type { BackendName } from '../../services/platform/tensorflow/backend.ts';
import { loadModel } from '../../services/platform/tensorflow/load-model.ts';
import { dataFileError } from '../training/data-file-error.ts';
import type { Order } from '../training/order.ts';
import { groupOrders } from '../training/order-history.ts';
import { customerVectors } from './customer-vectors.ts';

export interface ExplainRequest {
  readonly customer: string;
  /** First day that is not looked at. */
  readonly cut: EpochDay;
  readonly currency: string;
  readonly backend: BackendName;
}

/**
 * Why a model says of one customer, on a past day, what it says.
 * @throws ERR_DATA_FILE when the customer has no order before the cut, or amounts that the model cannot read
 */
export async function explainCustomer(
  dir: string,
  orders: readonly Order[],
  { customer, cut, currency, backend }: ExplainRequest,
): Promise<Explanation> {
  const history = groupOrders(
    orders.filter((order) => order.customer === customer),
    cut,
  );
  if (history === null) {
    throw dataFileError(`The customer ${customer} has no order before --cut; check --customer, or set a later day.`);
  }
  const raw = customerVectors(history, [customer], { cut, minorPerMajor: minorPerMajor(currencyExponent(currency) ?? 2) }); // prettier-ignore
  const model = await loadModel(dir, { backend });
  try {
    const explanation = createExplainer(model, featureNames)(raw, currency);
    if (explanation !== null) return explanation;
    throw dataFileError('The customer has amounts too large for the model; remove the orders with absurd amounts.');
  } finally {
    model.dispose();
  }
}
