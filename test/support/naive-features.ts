import { DateTime } from 'luxon';
import type { CustomerRecord } from '../../services/core/events/customer-record.ts';
import type { CountedEvent } from './counted-event.ts';
import { naiveChange, naiveSignals, naiveSignalTypes } from './naive-signals.ts';

export interface NaiveHistory {
  readonly counted: readonly CountedEvent[];
  readonly asOf: number;
}

/**
 * Which events count and where asOf stands, straight from the definitions, on the whole list in arrival order. Knows
 * nothing of tiles, rings or marks: every earlier event is looked at again for every event.
 */
export function naiveHistory(arrivals: readonly CustomerRecord[], timezone: string): NaiveHistory {
  const counted: CountedEvent[] = [];
  let asOf = 0;
  arrivals.forEach((record, index) => {
    const isOrder = record.type === 'order.placed';
    const isReturn = record.type === 'order.cancelled' || record.type === 'order.returned';
    if (!isOrder && !isReturn && !naiveSignalTypes.has(record.type)) return;
    if (arrivals.slice(0, index).some((r) => r.eventId === record.eventId && r.source === record.source)) return;
    const at = DateTime.fromMillis(Math.min(record.occurredAt, record.receivedAt), { zone: timezone });
    const day = Date.UTC(at.year, at.month - 1, at.day) / 86_400_000;
    if (asOf - day >= 455 && !record.historical) return;
    const amount = record.reportingAmountMinor;
    const isPurchase = isOrder && (amount === null || amount >= 0);
    const kind = isPurchase ? 'purchase' : isOrder || isReturn ? 'cancellation' : 'signal';
    counted.push({ day, kind, amountMinor: Math.abs(amount ?? 0), record });
    asOf = Math.max(asOf, day + 1);
  });
  return { counted, asOf };
}

/** Every feature by name, computed from the list of counted events each on its own: O(events x features). */
export function naiveFeatures(history: NaiveHistory, asOf: number, minorPerMajor: number): Record<string, number> {
  const purchases = history.counted.filter(({ kind }) => kind === 'purchase');
  const cancellations = history.counted.filter(({ kind }) => kind === 'cancellation');
  const days = distinctDays(purchases);
  const gaps = days.slice(1).map((day, index) => day - days[index]);
  const features: Record<string, number> = {};
  for (const window of [30, 60, 90, 180, 365]) {
    const inside = purchases.filter((event) => event.day < asOf && event.day >= asOf - window);
    features[`purchase_days_${window}`] = distinctDays(inside).length;
    features[`spend_${window}`] = sumMinor(inside) / minorPerMajor;
  }
  features['recency_days'] = days.length > 0 ? asOf - Math.max(...days) : Number.NaN;
  features['tenure_days'] = days.length > 0 ? asOf - Math.min(...days) : Number.NaN;
  features['gap_mean'] = mean(gaps);
  features['gap_sd'] = sampleDeviation(gaps);
  features['gap_last'] = gaps.at(-1) ?? Number.NaN;
  features['gap_max'] = gaps.length > 0 ? Math.max(...gaps) : Number.NaN;
  features['recency_over_gap'] = features['recency_days'] / mean(gaps);
  features['purchase_days'] = days.length;
  features['orders'] = purchases.length;
  features['spend'] = sumMinor(purchases) / minorPerMajor;
  features['spend_per_purchase_day'] = days.length > 0 ? features['spend'] / days.length : Number.NaN;
  features['cancellations'] = cancellations.length;
  features['cancelled_amount'] = sumMinor(cancellations) / minorPerMajor;
  features['cancellations_90'] = cancellations.filter((event) => event.day < asOf && event.day >= asOf - 90).length;
  Object.assign(features, naiveAmounts(purchases, asOf, minorPerMajor), naiveSignals(history.counted, asOf));
  return features;
}

function naiveAmounts(purchases: readonly CountedEvent[], asOf: number, minorPerMajor: number): Record<string, number> {
  const ago = (event: CountedEvent): number => asOf - event.day;
  const season = purchases.filter((event) => ago(event) >= 276 && ago(event) <= 365);
  const recent = purchases.filter((event) => ago(event) <= 90);
  const before = purchases.filter((event) => ago(event) > 90 && ago(event) <= 180);
  const year = purchases.filter((event) => ago(event) <= 365);
  const last = Math.max(...purchases.filter((event) => ago(event) < 455).map((event) => event.day));
  const ofDay = (day: number): number => sumMinor(purchases.filter((event) => event.day === day));
  return {
    purchase_days_same_season: distinctDays(season).length,
    spend_same_season: sumMinor(season) / minorPerMajor,
    order_amount_mean: sumMinor(purchases) / minorPerMajor / purchases.length,
    spend_last_day: last === -Infinity ? Number.NaN : ofDay(last) / minorPerMajor,
    spend_day_max_365: Math.max(0, ...year.map((event) => ofDay(event.day))) / minorPerMajor,
    purchase_days_change_90: naiveChange(distinctDays(recent).length, distinctDays(before).length),
    spend_change_90: naiveChange(sumMinor(recent), sumMinor(before)),
  };
}

function distinctDays(events: readonly CountedEvent[]): number[] {
  return [...new Set(events.map((event) => event.day))].sort((a, b) => a - b);
}

function sumMinor(events: readonly CountedEvent[]): number {
  return events.reduce((sum, event) => sum + event.amountMinor, 0);
}

function mean(values: readonly number[]): number {
  return values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : Number.NaN;
}

function sampleDeviation(values: readonly number[]): number {
  if (values.length < 2) return Number.NaN;
  const centre = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1));
}
