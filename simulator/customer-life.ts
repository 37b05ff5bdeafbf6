import type { EpochMs } from '../services/core/units.ts';
import type { Customer, DemoSource } from './customer.ts';
import type { LifeEvent } from './life-event.ts';
import { createRandom, type Random } from './random.ts';

type Body<T = LifeEvent> = T extends LifeEvent ? Omit<T, 'number' | 'customerId'> : never;

interface OpenOrder {
  readonly orderId: string;
  readonly totalMinor: number;
}

interface LifeInProgress {
  readonly customer: Customer;
  readonly random: Random;
  /** What will happen, not yet told because something earlier may still come. */
  readonly upcoming: Body[];
  orders: number;
  lastOrder: OpenOrder | null;
}

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const pages = ['home', 'gifts', 'garden', 'kitchen', 'season', 'delivery', 'account'] as const;
const complaints = ['damaged parcel', 'late delivery', 'wrong item', 'price difference'] as const;

/**
 * The whole life of one customer as the business sees it, in the order of time: a pure function of the customer and the
 * seed. Endless for a customer that stays; read as much of it as needed.
 */
export function* customerLife(customer: Customer, seed: number): Generator<LifeEvent, void> {
  const life: LifeInProgress = {
    customer,
    random: createRandom(seed, `life:${customer.id}`),
    upcoming: [{ what: 'joined', source: customer.favouriteSource, at: customer.joinedAt }],
    orders: 0,
    lastOrder: null,
  };
  const end = customer.dissatisfiedFrom ?? customer.gone ?? Infinity;
  const numbering = { next: 1 };
  let purchaseAt = customer.joinedAt + hourMs;
  while (purchaseAt < end) {
    addPurchase(life, purchaseAt);
    const following = nextPurchase(life, purchaseAt);
    addBrowsing(life, purchaseAt, Math.min(following, end));
    yield* tell(life, Math.min(following, end) - 2 * hourMs, numbering);
    purchaseAt = following;
  }
  if (customer.dissatisfiedFrom !== null) addFarewell(life);
  yield* tell(life, Infinity, numbering);
}

/** Gives out, in order, what lies before `until`. Nothing is ever given out at or after the customer's end. */
function* tell(life: LifeInProgress, until: EpochMs, numbering: { next: number }): Generator<LifeEvent, void> {
  const { customer, upcoming } = life;
  upcoming.sort((a, b) => a.at - b.at);
  while (upcoming.length > 0 && upcoming[0].at < until) {
    const body = upcoming.shift()!;
    if (customer.gone !== null && body.at >= customer.gone) return;
    yield { ...body, number: numbering.next, customerId: customer.id };
    numbering.next += 1;
  }
}

function addPurchase(life: LifeInProgress, at: EpochMs): void {
  const { customer, random, upcoming } = life;
  const source = random.chance(0.8) ? customer.favouriteSource : random.pick<DemoSource>(['web', 'app', 'pos']);
  if (source !== 'pos') addPageViews(life, source, at - Math.round(random.between(5, 55) * 60_000));
  life.orders += 1;
  const total = customer.medianOrder * Math.exp(customer.orderSigma * random.normal());
  const order = { orderId: `${customer.id}-o${life.orders}`, totalMinor: Math.max(100, Math.round(total * 100)) };
  upcoming.push({ what: 'order-placed', source, at, ...order, units: random.integer(1, 12) });
  life.lastOrder = order;
  if (random.chance(0.05)) {
    const cancelledAt = at + Math.round(random.between(1, 72) * hourMs);
    upcoming.push({ what: 'order-cancelled', source, at: cancelledAt, ...order });
    life.lastOrder = null;
  }
  if (random.chance(0.12)) {
    const answeredAt = at + Math.round(random.between(1, 6) * dayMs);
    upcoming.push({ what: 'survey-answered', source: 'survey', at: answeredAt, score: random.integer(6, 10) });
  }
}

function addBrowsing(life: LifeInProgress, from: EpochMs, to: EpochMs): void {
  const visits = Math.min(4, Math.floor((to - from) / (15 * dayMs)));
  const source = life.customer.favouriteSource === 'app' ? 'app' : 'web';
  for (let visit = 0; visit < visits; visit += 1) {
    addPageViews(life, source, Math.round(life.random.between(from + hourMs, to - 3 * hourMs)));
  }
}

function addPageViews(life: LifeInProgress, source: DemoSource, from: EpochMs): void {
  const views = life.random.integer(1, 3);
  for (let view = 0; view < views; view += 1) {
    const at = from + view * 40_000;
    life.upcoming.push({ what: 'page-viewed', source, at, page: life.random.pick(pages) });
  }
}

/** Complaints, a bad survey, long hesitation with a visit or two, and at the end the open order is cancelled. */
function addFarewell(life: LifeInProgress): void {
  const { random, upcoming } = life;
  const from = life.customer.dissatisfiedFrom!;
  const gone = life.customer.gone!;
  upcoming.push({ what: 'case-opened', source: 'call', at: from, subject: random.pick(complaints) });
  upcoming.push({ what: 'survey-answered', source: 'survey', at: from + 2 * dayMs, score: random.integer(0, 4) });
  const again = Math.round(random.between(from + 5 * dayMs, gone - dayMs));
  upcoming.push({ what: 'case-opened', source: 'call', at: again, subject: random.pick(complaints) });
  addPageViews(life, 'web', gone - 2 * hourMs);
  if (life.lastOrder !== null) {
    upcoming.push({ what: 'order-cancelled', source: 'call', at: gone - hourMs, ...life.lastOrder });
  }
}

/** A gamma gap, moved into opening hours, skipped out of season as often as the season's strength says. */
function nextPurchase(life: LifeInProgress, after: EpochMs): EpochMs {
  const { customer, random } = life;
  let at = after;
  do {
    const day = Math.floor((at + random.gamma(customer.gapShape, customer.meanGapDays) * dayMs) / dayMs);
    const opening = day * dayMs + Math.round(random.between(8, 20) * hourMs);
    at = Math.max(opening, at + 2 * hourMs);
  } while (random.chance(customer.seasonStrength * distanceFromPeak(customer, at)));
  return at;
}

/** 0 at the peak of the season, 1 half a year away. */
function distanceFromPeak(customer: Customer, at: EpochMs): number {
  const dayOfYear = (at / dayMs) % 365.2425;
  return (1 - Math.cos((2 * Math.PI * (dayOfYear - customer.seasonPeakDay)) / 365.2425)) / 2;
}
