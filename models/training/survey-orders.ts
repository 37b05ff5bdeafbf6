import type { Order } from './order.ts';
import { groupOrders } from './order-history.ts';

/** Oddities of an order file that are used as they are, so that whoever looks at the figures knows of them. */
export interface OrderSurvey {
  /** Orders alike in customer, day and amount to another one, beyond the first: perhaps the same one twice. */
  readonly alike: number;
  /** Orders over nothing; they count as purchases. */
  readonly zero: number;
  /** Orders cancelled in full on the day they were placed; both count. */
  readonly cancelledAtOnce: number;
  /** Cancellations of customers who had no order up to then. */
  readonly loneCancellations: number;
}

/** Counts them, whatever the order of the rows. */
export function surveyOrders(orders: readonly Order[]): OrderSurvey {
  const survey = { alike: 0, zero: 0, cancelledAtOnce: 0, loneCancellations: 0 };
  for (const own of groupOrders(orders, Infinity)?.customers.values() ?? []) {
    const firstPurchase = own.find(({ amountMinor }) => amountMinor >= 0)?.day ?? Infinity;
    for (const [i, { day, amountMinor }] of own.entries()) {
      const before = own[i - 1] as Order | undefined;
      if (amountMinor === 0) survey.zero += 1;
      if (before?.day === day && before.amountMinor === amountMinor && amountMinor >= 0) survey.alike += 1;
      if (amountMinor < 0 && day < firstPurchase) survey.loneCancellations += 1;
    }
    survey.cancelledAtOnce += countCancelledAtOnce(own);
  }
  return survey;
}

function countCancelledAtOnce(own: readonly Order[]): number {
  const open = new Map<string, number>();
  let count = 0;
  // of one day the cancellations come first
  for (const { day, amountMinor } of own) {
    const key = `${day} ${Math.abs(amountMinor)}`;
    const cancelled = open.get(key) ?? 0;
    if (amountMinor < 0) open.set(key, cancelled + 1);
    else if (cancelled > 0) {
      open.set(key, cancelled - 1);
      count += 1;
    }
  }
  return count;
}

/** One line per oddity that occurs. */
export function describeSurvey({ alike, zero, cancelledAtOnce, loneCancellations }: OrderSurvey): string[] {
  const lines: [number, string][] = [
    [
      alike,
      'alike in customer, day and amount to another row; drop them from the file if they are the same order twice',
    ],
    [zero, 'over an amount of 0; they count as purchases'],
    [cancelledAtOnce, 'cancelled in full on their day; order and cancellation both count'],
    [
      loneCancellations,
      'that are cancellations of somebody without an order up to then; they count as cancellations alone',
    ],
  ];
  return lines.filter(([count]) => count > 0).map(([count, what]) => `Noticed ${count} rows ${what}`);
}
