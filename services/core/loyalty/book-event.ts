import type { CustomerRecord } from '../events/customer-record.ts';
import { takesMoneyBack } from '../events/takes-money-back.ts';
import { recentHash } from '../features/recent-ring.ts';
import type { Digest } from '../ports/digest.ts';
import type { EpochDay, EpochMs } from '../units.ts';
import type { LoyaltyRules } from './loyalty-rules.ts';
import { keptOrders, keptRegistrations, type LoyaltyState } from './loyalty-state.ts';
import { orderDays, type OrderDay, type OrderMemory } from './order-points.ts';
import { addPointsDay, type PointsKind } from './points-ledger.ts';

export interface LoyaltyContext {
  readonly rules: LoyaltyRules;
  /** Business day of the tenant. */
  readonly dayOf: (ms: EpochMs) => EpochDay;
  readonly digest: Digest;
}

const bookedTypes: ReadonlySet<string> = new Set([
  'order.placed', 'order.returned', 'order.cancelled', 'points.earned', 'points.redeemed', 'member.registered',
]); // prettier-ignore

/** Whether an event of this type says anything about points or the level. */
export function isBookedType(type: string): boolean {
  return bookedTypes.has(type);
}

/**
 * Books what an event says, or takes back what it said. Booking events in any order gives the same days.
 * @param sign 1 books, -1 takes back an event that was booked
 */
export function bookEvent(
  state: LoyaltyState,
  event: CustomerRecord,
  sign: 1 | -1,
  context: LoyaltyContext,
): LoyaltyState {
  const day = context.dayOf(event.occurredAt);
  if (event.type === 'member.registered') return register(state, day, sign);
  if (event.type === 'order.placed') return bookPlaced(state, event, sign, context);
  if (takesMoneyBack(event.type)) return bookReturned(state, event, sign, context);
  const points = pointsSaid(event);
  if (points === null) return state;
  // A till that takes an earning back says so by its sign; spending is said with either.
  if (event.type === 'points.redeemed') return bookDay(state, day, { kind: 'spend', points: sign * Math.abs(points) });
  return bookDay(state, day, { kind: points < 0 ? 'correct' : 'earn', points: sign * points });
}

/** Books points on a day; what belongs before the opening line counts on its day. */
export function bookDay(
  state: LoyaltyState,
  day: EpochDay,
  { kind, points }: { readonly kind: PointsKind; readonly points: number },
): LoyaltyState {
  const ledger = addPointsDay(state.ledger, {
    day: Math.max(day, state.opening?.day ?? day),
    earned: kind === 'earn' ? points : 0,
    spent: kind === 'spend' ? points : 0,
    corrected: kind === 'correct' ? points : 0,
  });
  return { ...state, ledger };
}

function register(state: LoyaltyState, day: EpochDay, sign: 1 | -1): LoyaltyState {
  const { registrations } = state;
  if (sign === 1) {
    return { ...state, registrations: [...registrations, day].sort((a, b) => a - b).slice(0, keptRegistrations) };
  }
  const at = registrations.indexOf(day);
  return at < 0 ? state : { ...state, registrations: registrations.toSpliced(at, 1) };
}

function bookPlaced(state: LoyaltyState, event: CustomerRecord, sign: 1 | -1, context: LoyaltyContext): LoyaltyState {
  const amount = Math.max(0, event.reportingAmountMinor ?? 0);
  const points = context.rules.pointsFor(amount, textOf(event, 'category'));
  const day = context.dayOf(event.occurredAt);
  // An order without an id is remembered too, by its event, so that a retraction finds what it earned.
  const id = orderHash(event, context.digest) ?? recentHash(context.digest, `event:${event.source}`, event.eventId);
  return changeOrder(state, id, (order) => {
    if (sign === 1) return { ...order, placed: [...order.placed, { day, amount, points }] };
    const at = order.placed.findIndex((each) => each.day === day && each.amount === amount);
    return { ...order, placed: at < 0 ? order.placed : order.placed.toSpliced(at, 1) };
  });
}

function bookReturned(state: LoyaltyState, event: CustomerRecord, sign: 1 | -1, context: LoyaltyContext): LoyaltyState {
  const amount = event.reportingAmountMinor === null ? null : Math.abs(event.reportingAmountMinor);
  const day = context.dayOf(event.occurredAt);
  const id = orderHash(event, context.digest);
  if (id === null) {
    if (amount === null) return state;
    const corrected = -sign * context.rules.pointsFor(amount, textOf(event, 'category'));
    return addDay(state, { day, earned: 0, corrected, net: -sign * amount });
  }
  return changeOrder(state, id, (order) => {
    if (sign === 1) return { ...order, returned: [...order.returned, { day, amount }] };
    const at = order.returned.findIndex((each) => each.day === day && each.amount === amount);
    return { ...order, returned: at < 0 ? order.returned : order.returned.toSpliced(at, 1) };
  });
}

/** Books the difference that a change of what is known of an order makes. */
function changeOrder(state: LoyaltyState, id: number, change: (order: OrderMemory) => OrderMemory): LoyaltyState {
  const before = state.orders.find(({ order }) => order === id) ?? { order: id, placed: [], returned: [] };
  const after = change(before);
  const others = state.orders.filter(({ order }) => order !== id);
  const isKnown = after.placed.length + after.returned.length > 0;
  const orders = isKnown ? newest([...others, after]) : others;
  const taken = orderDays(before).map(({ day, earned, corrected, net }) => ({
    day,
    earned: -earned,
    corrected: -corrected,
    net: -net,
  }));
  return [...taken, ...orderDays(after)].reduce(addDay, { ...state, orders });
}

function addDay(state: LoyaltyState, { day, earned, corrected, net }: OrderDay): LoyaltyState {
  const ledger = addPointsDay(state.ledger, {
    day: Math.max(day, state.opening?.day ?? day),
    earned,
    spent: 0,
    corrected,
  });
  const same = state.spend.find((each) => each.day === day)?.net ?? 0;
  const others = state.spend.filter((each) => each.day !== day);
  const spend = same + net === 0 ? others : [...others, { day, net: same + net }].sort((a, b) => a.day - b.day);
  return { ...state, ledger, spend };
}

function newest(orders: readonly OrderMemory[]): readonly OrderMemory[] {
  if (orders.length <= keptOrders) return orders;
  const oldest = orders.reduce((first, order) => (firstDay(order) < firstDay(first) ? order : first));
  return orders.filter((order) => order !== oldest);
}

function firstDay({ placed, returned }: OrderMemory): EpochDay {
  return Math.min(...placed.map(({ day }) => day), ...returned.map(({ day }) => day));
}

function orderHash(event: CustomerRecord, digest: Digest): number | null {
  const id = textOf(event, 'orderId');
  return id === null ? null : recentHash(digest, 'order', id);
}

function textOf({ attributes }: CustomerRecord, wanted: string): string | null {
  const value = attributes.find(({ name }) => name === wanted)?.value;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

/** Null where the till says no whole number of points. */
function pointsSaid(event: CustomerRecord): number | null {
  const text = textOf(event, 'points')?.trim() ?? '';
  const points = text === '' ? Number.NaN : Number(text);
  return Number.isSafeInteger(points) ? points : null;
}
