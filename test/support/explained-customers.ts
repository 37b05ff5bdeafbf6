import { customerVectors } from '../../models/backtest/customer-vectors.ts';
import { groupOrders } from '../../models/training/order-history.ts';
import { featureNames } from '../../services/core/features/feature-catalogue.ts';
import { makeSyntheticOrders } from './synthetic-orders.ts';

/** Raw feature vectors of this many customers of a synthetic shop, some of whom stopped buying. */
export function explainedCustomers(count: number, seed = 7): Float64Array[] {
  const days = 480;
  const history = groupOrders(makeSyntheticOrders({ customers: count, days, seed }), days);
  if (history === null) throw new Error('the synthetic shop has no orders');
  const customers = [...history.customers.keys()].slice(0, count);
  const raw = customerVectors(history, customers, { cut: days, minorPerMajor: 100 });
  return customers.map((_, i) => raw.slice(i * featureNames.length, (i + 1) * featureNames.length));
}
