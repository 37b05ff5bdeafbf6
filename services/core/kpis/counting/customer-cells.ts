import type { CellName } from '../cells.ts';
import { type CustomerLedger, monthFlags, type OrderEntry } from '../customer-ledger.ts';
import type { KpiDimension } from '../kpi-dimension.ts';
import { type EpochMonth, type MonthlyKind, monthlyPeriod, monthOf, monthsIn } from '../period.ts';
import type { CellChanges, Slices } from './cell-changes.ts';
import { firstOrderDay, ordersIn } from './order-book.ts';
import { standingAt, standingSlices } from './standing-at.ts';

/** A period of whole months, from `first` up to but not including `after`. */
interface Months {
  readonly kind: MonthlyKind;
  readonly first: EpochMonth;
  readonly after: EpochMonth;
}

/** Retention looks at no less than three months: in one month too few customers of a shop come back. */
const shortestWindow = 3;

/** What a customer was within one period, added to or taken from its customer cells. */
export function countCustomer(
  ledger: CustomerLedger,
  period: { readonly kind: MonthlyKind; readonly index: number },
  { changes, sign, isOnline }: { changes: CellChanges; sign: 1 | -1; isOnline: (channel: string | null) => boolean },
): void {
  const [first, after] = monthsIn(period);
  const months: Months = { kind: period.kind, first, after };
  const slices = standingSlices(standingAt(ledger, after - 1));
  const add: Add = (cell, by = 1, more = {}) => changes.addSliced(period, cell, { ...slices, ...more }, sign * by);
  const addSlice: AddSlice = (cell, dimension, value) => changes.add(period, cell, { dimension, value }, sign);
  countBuyers(ledger, months, { add, addSlice, isOnline });
  countRetention(ledger, months, add);
  countMonths(ledger, months, add);
  const functions = new Set(
    ledger.usage.filter(({ month }) => isWithin(month, months)).flatMap((each) => each.functions),
  );
  if (functions.size > 0) add('active_staff');
  if (functions.size > 0) add('functions_used', functions.size);
}

type Add = (cell: CellName, by?: number, more?: Slices) => void;
type AddSlice = (cell: CellName, dimension: KpiDimension, value: string) => void;

function isWithin(month: EpochMonth, { first, after }: Months): boolean {
  return month >= first && month < after;
}

function countBuyers(
  ledger: CustomerLedger,
  { first, after }: Months,
  { add, addSlice, isOnline }: { add: Add; addSlice: AddSlice; isOnline: (channel: string | null) => boolean },
): void {
  const entries = ordersIn(ledger, first, after);
  if (entries.length === 0) return;
  addDistinct('buyers', entries, 1, { add, addSlice });
  if (total(entries) >= 2) addDistinct('repeat_buyers', entries, 2, { add, addSlice });
  const online = entries.filter(({ channel }) => isOnline(channel));
  if (online.length > 0) addDistinct('online_buyers', online, 1, { add, addSlice });
  const [{ day, channel, region, store }] = ledger.orders;
  if (isWithin(monthOf(day), { kind: 'month', first, after })) add('new_customers', 1, { channel, region, store });
}

const places = ['channel', 'region', 'store'] as const satisfies readonly KpiDimension[];

/** The customer once in the whole, and once in each slice in which they ordered as often. */
function addDistinct(
  cell: CellName,
  entries: readonly OrderEntry[],
  atLeast: number,
  { add, addSlice }: { add: Add; addSlice: AddSlice },
): void {
  add(cell);
  for (const place of places) {
    for (const [value, part] of Map.groupBy(entries, (entry) => entry[place])) {
      if (value !== null && total(part) >= atLeast) addSlice(cell, place, value);
    }
  }
}

function total(entries: readonly OrderEntry[]): number {
  return entries.reduce((sum, { count }) => sum + count, 0);
}

function countRetention(ledger: CustomerLedger, { first, after }: Months, add: Add): void {
  const day = firstOrderDay(ledger);
  if (day === null) return;
  const window = Math.max(shortestWindow, after - first);
  const isBack = ordersIn(ledger, after - window, after).length > 0;
  if (ordersIn(ledger, after - 2 * window, after - window).length > 0) {
    add('retention_base');
    if (isBack) add('retained');
  }
  const joined = monthOf(day);
  for (const age of [6, 12] as const) {
    // In a window longer than the age the first order itself would look like a return.
    if (window > age || joined < first - age || joined >= after - age) continue;
    add(`cohort${age}_customers`);
    if (isBack) add(`cohort${age}_retained`);
  }
}

function countMonths(ledger: CustomerLedger, months: Months, add: Add): void {
  const within = ledger.months.filter(({ month }) => isWithin(month, months));
  const orders = ordersIn(ledger, months.first, months.after);
  const days = activeDays(ledger, months);
  if (days > 0) {
    add('active_customers');
    add('active_days', days);
  }
  const flags = within.reduce((all, month) => all | month.flags, 0);
  if ((flags & monthFlags.asked) !== 0) add('survey_asked');
  if ((flags & monthFlags.entitled) !== 0) add('survey_entitled');
  if ((flags & monthFlags.lead) === 0) return;
  add('leads');
  if ((flags & monthFlags.won) !== 0 || orders.length > 0) add('leads_won');
}

/** Days with an order or with anything else the customer did. */
function activeDays(ledger: CustomerLedger, { first, after }: Months): number {
  let days = 0;
  for (let month = first; month < after; month++) {
    const other = ledger.months.find((each) => each.month === month)?.days ?? 0;
    const ordered = ordersIn(ledger, month, month + 1).reduce((bits, { day }) => bits | dayBit(day), 0);
    days += bitCount(other | ordered);
  }
  return days;
}

/** Bit of a day within its month. */
export function dayBit(day: number): number {
  return 1 << (new Date(day * 86_400_000).getUTCDate() - 1);
}

function bitCount(bits: number): number {
  let count = 0;
  for (let rest = bits >>> 0; rest !== 0; rest >>>= 1) count += rest & 1;
  return count;
}

/** Periods in which an order of the month can count: its own, those that look back at it, and those of its cohort. */
export function periodsOfOrder(month: EpochMonth): readonly { readonly kind: MonthlyKind; readonly index: number }[] {
  return (['month', 'quarter', 'half', 'year'] as const).flatMap((kind) => {
    const { index } = monthlyPeriod(kind, month);
    const last = monthlyPeriod(kind, month + 12).index;
    // The base of a period is the window before it, which may begin two windows back.
    const reach = Math.max(last, index + (kind === 'month' ? 5 : 1));
    return Array.from({ length: reach - index + 1 }, (_, i) => ({ kind, index: index + i }));
  });
}

/** Periods that hold the month. */
export function periodsOfMonth(month: EpochMonth): readonly { readonly kind: MonthlyKind; readonly index: number }[] {
  return (['month', 'quarter', 'half', 'year'] as const).map((kind) => ({
    kind,
    index: monthlyPeriod(kind, month).index,
  }));
}
