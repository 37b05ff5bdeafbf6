import type { CustomerRecord } from '../../events/customer-record.ts';
import type { Signal } from './signal.ts';
import { counterId } from './signal-counters.ts';

const couponOrder: Signal = { counts: [counterId.couponOrders, 1], caseMark: null, contractEnd: null };

/** The signal of a purchase that names a `coupon`; null for all other purchases. */
export function readCoupon({ attributes }: Pick<CustomerRecord, 'attributes'>): Signal | null {
  for (const { name, value } of attributes) {
    if (name === 'coupon') return value === null || value === false || value === '' ? null : couponOrder;
  }
  return null;
}
