import { dayMs } from '../../services/core/events/epoch-day.ts';
import type { CustomerRecord } from '../../services/core/events/customer-record.ts';

/** What a till and a correction by hand are to the naive ledger. */
export interface NaiveCorrection {
  readonly day: number;
  readonly points: number;
}

interface NaiveDay {
  earned: number;
  spent: number;
  corrected: number;
  net: number;
}

/** One minor unit is one point, `books` two. */
const pointsOf = (event: CustomerRecord): number => {
  const times = attribute(event, 'category') === 'books' ? 2 : 1;
  return (event.reportingAmountMinor ?? 0) * times;
};

/**
 * Points and spend straight from the whole history, which is known beforehand: every event once, in the order of its days,
 * orders before what came back of them, one point after the other.
 */
export function naiveLoyalty(
  records: readonly CustomerRecord[],
  corrections: readonly NaiveCorrection[],
  { asOf, lifeDays }: { readonly asOf: number; readonly lifeDays: number },
) {
  const days = dailyTotals(records, corrections, asOf);
  let born: number[] = [];
  let owed = 0;
  let expired = 0;
  for (let day = 0; day <= asOf; day += 1) {
    const alive = born.filter((each) => each + lifeDays > day);
    expired += born.length - alive.length;
    born = alive;
    const { earned, spent, corrected } = days.get(day) ?? nothing();
    for (let i = 0; i < earned + Math.max(0, corrected); i += 1) {
      if (owed > 0) owed -= 1;
      else born.push(day);
    }
    for (let i = 0; i < spent + Math.max(0, -corrected); i += 1) if (born.shift() === undefined) owed += 1;
  }
  const totals = [...days.values()].reduce((sum, each) => ({
    earned: sum.earned + each.earned,
    spent: sum.spent + each.spent,
    corrected: sum.corrected + each.corrected,
    net: 0,
  }), nothing());
  const { earned, spent, corrected } = totals;
  return { balance: born.length - owed, earned, spent, corrected, expired, days };
} // prettier-ignore

function dailyTotals(
  records: readonly CustomerRecord[],
  corrections: readonly NaiveCorrection[],
  asOf: number,
): Map<number, NaiveDay> {
  const retracted = new Set(
    records.filter(({ kind }) => kind === 'event-retracted').map((each) => each.retracted?.eventId),
  );
  const once = new Map(
    records
      .filter(({ kind, eventId }) => kind === 'event' && !retracted.has(eventId))
      .map((each) => [each.eventId, each]),
  );
  const events = [...once.values()];
  const days = new Map<number, NaiveDay>();
  const book = (day: number, change: Partial<NaiveDay>): void => {
    if (day > asOf) return;
    const now = days.get(day) ?? nothing();
    for (const [name, value] of Object.entries(change) as [keyof NaiveDay, number][]) now[name] += value;
    days.set(day, now);
  };
  for (const { day, points } of corrections) book(day, { corrected: points });
  for (const event of events) {
    const points = Number(attribute(event, 'points') ?? 0);
    if (event.type === 'points.earned') book(dayOf(event), { earned: points });
    if (event.type === 'points.redeemed') book(dayOf(event), { spent: points });
    if (event.type === 'order.placed')
      book(dayOf(event), { earned: pointsOf(event), net: event.reportingAmountMinor ?? 0 });
  }
  for (const [id, ofOrder] of Map.groupBy(events, (event) => attribute(event, 'orderId'))) {
    const returns = ofOrder.filter(({ type }) => type === 'order.returned' || type === 'order.cancelled');
    if (id === null) continue;
    const placed = ofOrder.filter(({ type }) => type === 'order.placed');
    const amount = placed.reduce((sum, each) => sum + (each.reportingAmountMinor ?? 0), 0);
    const points = placed.reduce((sum, each) => sum + pointsOf(each), 0);
    let back = 0;
    let taken = 0;
    for (const each of returns.toSorted((a, b) => dayOf(a) - dayOf(b))) {
      const now = Math.min(amount, each.reportingAmountMinor === null ? amount : back - each.reportingAmountMinor);
      const due = amount === 0 ? 0 : Math.floor((points * now) / amount);
      book(dayOf(each), { corrected: taken - due, net: back - now });
      back = now;
      taken = due;
    }
  }
  return days;
}

function nothing(): NaiveDay {
  return { earned: 0, spent: 0, corrected: 0, net: 0 };
}

function dayOf({ occurredAt }: CustomerRecord): number {
  return Math.floor(occurredAt / dayMs);
}

function attribute({ attributes }: CustomerRecord, wanted: string): string | null {
  const value = attributes.find(({ name }) => name === wanted)?.value;
  return value === undefined || value === null ? null : String(value);
}
