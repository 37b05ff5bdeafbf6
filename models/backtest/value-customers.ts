import { currencyExponent, minorPerMajor } from '../../services/core/events/money.ts';
import { featureNames } from '../../services/core/features/feature-catalogue.ts';
import type { EpochDay } from '../../services/core/units.ts';
import { createValuer, type LifetimeValue } from '../../services/core/value/create-valuer.ts';
import type { ValueSettings } from '../../services/core/value/value-settings.ts';
import { dataFileError } from '../training/data-file-error.ts';
import type { Order } from '../training/order.ts';
import { groupOrders } from '../training/order-history.ts';
import type { BacktestResult } from './backtest-result.ts';
import { customerVectors } from './customer-vectors.ts';

/**
 * Lifetime value of each predicted customer, counted as the scorer counts it, from the orders before the cut.
 * @throws ERR_DATA_FILE when nothing says how purchases go on after the predicted days
 */
export function valueCustomers(
  orders: readonly Order[],
  { predictions, outlook }: BacktestResult,
  settings: ValueSettings,
  { until, currency }: { readonly until: EpochDay; readonly currency: string },
): LifetimeValue[] {
  const history = groupOrders(orders, until);
  if (history === null || outlook === null) {
    throw dataFileError(
      'Too few customers bought more than once to value them beyond the horizon; give a longer history, or leave out --clv.',
    );
  }
  const value = createValuer(outlook, settings, featureNames);
  const frame = { cut: until, minorPerMajor: minorPerMajor(currencyExponent(currency) ?? 2) };
  const customers = predictions.map(({ customer }) => customer);
  const raw = customerVectors(history, customers, frame);
  return predictions.map(({ churn, spendMean }, i) =>
    value(raw, i * featureNames.length, { silent: churn, spend: spendMean }),
  );
}
