import type { EpochDay } from '../units.ts';
import type { PurchaseLines } from './purchase-lines.ts';

/** What one customer bought within some days: item -> the last day of it. */
export type ItemHistory = ReadonlyMap<number, EpochDay>;

/** Days from `from` up to, not including, `until`. */
export interface DaySpan {
  readonly from: EpochDay;
  readonly until: EpochDay;
}

/** Histories by customer; customers who bought nothing within the span have none. */
export function itemHistories(lines: PurchaseLines, { from, until }: DaySpan): Map<number, ItemHistory> {
  const histories = new Map<number, Map<number, EpochDay>>();
  for (let line = 0; line < lines.day.length; line++) {
    const day = lines.day[line];
    if (day < from || day >= until) continue;
    const customer = lines.customer[line];
    const history = histories.get(customer) ?? new Map<number, EpochDay>();
    histories.set(customer, history);
    const item = lines.item[line];
    history.set(item, Math.max(day, history.get(item) ?? day));
  }
  return histories;
}
