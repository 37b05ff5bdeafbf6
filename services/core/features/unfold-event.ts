import type { CustomerRecord } from '../events/customer-record.ts';
import type { EpochDay } from '../units.ts';
import type { FeatureState } from './customer-state.ts';
import { featureReading } from './reads-features.ts';
import { foldSignal } from './signals/fold-signal.ts';
import { readCoupon } from './signals/read-coupon.ts';
import { readSignal } from './signals/read-signal.ts';
import { unfoldSignal } from './signals/unfold-signal.ts';
import { unfoldCancellation } from './unfold-cancellation.ts';
import { unfoldPurchase } from './unfold-purchase.ts';

/**
 * Takes one event inside the horizon out of the features again, in place: the reverse of `foldEvent`.
 * @returns false, with nothing changed, when the features do not hold such an event
 */
export function unfoldEvent(features: FeatureState, record: CustomerRecord, day: EpochDay, asOf: EpochDay): boolean {
  const reading = featureReading(record);
  const amountMinor = Math.abs(record.reportingAmountMinor ?? 0);
  if (reading === 'cancellation') return unfoldCancellation(features, { day, amountMinor });
  if (reading === 'purchase') {
    // Its coupon first, so that no tile of the day is left when the first day is looked for. A state begun before
    // coupons were read has none.
    const coupon = readCoupon(record);
    const hadCoupon = coupon !== null && unfoldSignal(features, coupon, day);
    if (unfoldPurchase(features, { day, amountMinor })) return true;
    if (hadCoupon) foldSignal(features, coupon, day, asOf);
    return false;
  }
  const signal = readSignal(record);
  return signal !== null && unfoldSignal(features, signal, day);
}
