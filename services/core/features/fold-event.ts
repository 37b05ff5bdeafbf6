import type { CustomerRecord } from '../events/customer-record.ts';
import type { EpochDay } from '../units.ts';
import type { FeatureState } from './customer-state.ts';
import { foldCancellation } from './fold-cancellation.ts';
import { foldPurchase } from './fold-purchase.ts';
import { featureReading } from './reads-features.ts';
import { foldSignal } from './signals/fold-signal.ts';
import { readCoupon } from './signals/read-coupon.ts';
import { readSignal } from './signals/read-signal.ts';

/** Folds one event that features read into them, in place, on its business day; an event that none reads changes nothing. */
export function foldEvent(features: FeatureState, record: CustomerRecord, day: EpochDay, asOf: EpochDay): void {
  const reading = featureReading(record);
  if (reading === 'purchase') {
    foldPurchase(features, { day, amountMinor: Math.abs(record.reportingAmountMinor ?? 0) }, asOf);
    const coupon = readCoupon(record);
    if (coupon !== null) foldSignal(features, coupon, day, asOf);
  } else if (reading === 'cancellation') {
    foldCancellation(features, { day, amountMinor: Math.abs(record.reportingAmountMinor ?? 0) }, asOf);
  } else {
    const signal = readSignal(record);
    if (signal !== null) foldSignal(features, signal, day, asOf);
  }
}
