import type { EpochDay } from '../../units.ts';
import type { CellName } from '../cells.ts';
import type { KpiDimension } from '../kpi-dimension.ts';
import type { KpiRules } from '../kpi-rules.ts';
import { daysIn, type EpochMonth, type MonthlyKind, monthOf, monthsIn } from '../period.ts';
import { type CustomerView, type DatedEvent, isOrder, placeOf, standingBefore } from './customer-view.ts';
import { isOwnDeed } from './own-deeds.ts';
import { addEverywhere, addTo, type Tallied } from './tally.ts';

export interface MonthlyPeriod {
  readonly kind: MonthlyKind;
  readonly index: number;
}

/** Adds what a customer was within one period of whole months. */
export function tallyCustomer(tallied: Tallied, view: CustomerView, period: MonthlyPeriod, rules: KpiRules): void {
  const [from, after] = daysIn(period);
  const place = placeOf(standingBefore(view, after));
  const add: Add = (cell, by = 1) => {
    addEverywhere(tallied, place, cell, by);
  };
  const isIn = ({ day }: DatedEvent): boolean => day >= from && day < after;
  tallyBuying(tallied, view.orders.filter(isIn), { add, rules });
  const [first] = firstOrders(view);
  if (first !== undefined && isIn(first)) {
    const { channel, region, store } = first;
    addEverywhere(tallied, { ...place, channel, region, store }, 'new_customers', 1);
  }
  tallyComingBack(view, period, add);
  tallyDeeds(view, isIn, add);
}

type Add = (cell: CellName, by?: number) => void;

/** Orders of the first day; those of one day are told in the order of their places. */
function firstOrders({ orders }: CustomerView): readonly DatedEvent[] {
  const key = ({ channel, region, store }: DatedEvent) =>
    JSON.stringify([channel, region, store].map((each) => each ?? ''));
  return orders
    .filter(({ day }) => day === orders[0].day)
    .toSorted((one, other) => (key(one) < key(other) ? -1 : key(one) > key(other) ? 1 : 0));
}

function tallyBuying(
  tallied: Tallied,
  orders: readonly DatedEvent[],
  { add, rules }: { readonly add: Add; readonly rules: KpiRules },
): void {
  const online = orders.filter(({ channel }) => channel !== null && rules.onlineChannels.has(channel));
  for (const [cell, among, atLeast] of [
    ['buyers', orders, 1],
    ['repeat_buyers', orders, 2],
    ['online_buyers', online, 1],
  ] as const) {
    if (among.length < atLeast) continue;
    add(cell);
    for (const dimension of ['channel', 'region', 'store'] as const satisfies readonly KpiDimension[]) {
      for (const value of new Set(among.map((order) => order[dimension]))) {
        if (value === null || value === '') continue;
        if (among.filter((order) => order[dimension] === value).length < atLeast) continue;
        addTo(tallied, `${dimension}=${value}`, cell, 1);
      }
    }
  }
}

/**
 * Retention over a window that ends with the period: the period itself, three months at least. A cohort are those whose first
 * order lies as many months before; where the window is longer than that, there is none.
 */
function tallyComingBack({ orders }: CustomerView, period: MonthlyPeriod, add: Add): void {
  const [first, after] = monthsIn(period);
  const window = Math.max(3, after - first);
  const ordersBetween = (from: EpochMonth, until: EpochMonth): boolean =>
    orders.some(({ day }) => monthOf(day) >= from && monthOf(day) < until);
  const isBack = ordersBetween(after - window, after);
  if (ordersBetween(after - 2 * window, after - window)) {
    add('retention_base');
    if (isBack) add('retained');
  }
  for (const age of [6, 12] as const) {
    if (orders.length === 0 || window > age) continue;
    const joined = monthOf(orders[0].day) + age;
    if (joined < first || joined >= after) continue;
    add(`cohort${age}_customers`);
    if (isBack) add(`cohort${age}_retained`);
  }
}

function tallyDeeds({ heard, orders }: CustomerView, isIn: (event: DatedEvent) => boolean, add: Add): void {
  // An order that was taken back leaves nothing; any other deed leaves that its customer was there.
  const deeds = heard.filter((event) => isOwnDeed(event.type) && !isOrder(event)).filter(isIn);
  const days = new Set<EpochDay>([...deeds, ...orders.filter(isIn)].map(({ day }) => day));
  if (days.size > 0) add('active_customers');
  if (days.size > 0) add('active_days', days.size);
  const types = new Set(heard.filter(isIn).map(({ type }) => type));
  if (types.has('survey.sent')) add('survey_asked');
  if (types.has('order.fulfilled') || types.has('case.followed_up')) add('survey_entitled');
  if (!types.has('lead.captured')) return;
  add('leads');
  if (types.has('opportunity.moved') || types.has('contract.signed') || orders.some(isIn)) add('leads_won');
}
