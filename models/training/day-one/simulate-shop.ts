import type { EpochDay } from '../../../services/core/units.ts';
import { createRandom, type Random } from '../../../simulator/random.ts';
import type { Order } from '../order.ts';
import type { ShopTraits } from './shop-traits.ts';

/** What is true of one simulated customer, which no model gets to see. */
export interface CustomerTruth {
  /** Mean days between purchases out of rests and seasons. */
  readonly gapDays: number;
  /** Median of the customer's orders, major units. */
  readonly medianOrder: number;
  /** Day from which the customer never buys again; Infinity where that is not within the time watched. */
  readonly leftOn: EpochDay;
}

export interface SimulatedShop {
  readonly orders: readonly Order[];
  readonly truth: ReadonlyMap<string, CustomerTruth>;
}

const minorPerMajor = 100;
const openingDays = 90;

/** All orders of a shop from day 0 on; equal traits and seeds give equal shops. */
export function simulateShop(traits: ShopTraits, seed: number): SimulatedShop {
  const orders: Order[] = [];
  const truth = new Map<string, CustomerTruth>();
  for (let i = 0; i < traits.customers; i++) {
    const customer = `c${i + 1}`;
    const random = createRandom(seed, customer);
    const person = drawPerson(traits, random);
    const leftOn = addOrders(orders, { customer, traits, random, person });
    truth.set(customer, { gapDays: person.gapDays, medianOrder: person.medianOrder, leftOn });
  }
  return { orders, truth };
}

interface Person {
  readonly joinsOn: number;
  readonly gapDays: number;
  readonly medianOrder: number;
  readonly leavingChance: number;
  readonly lifeDays: number;
}

interface Life {
  readonly customer: string;
  readonly traits: ShopTraits;
  readonly random: Random;
  readonly person: Person;
}

function drawPerson(traits: ShopTraits, random: Random): Person {
  const { rate, leaving, orderSigma, medianOrder, lifeDays } = traits;
  const isEarly = random.chance(traits.openingShare);
  const relativeRate = Math.max(1e-3, random.gamma(rate.shape, 1));
  const stay = random.gamma(leaving.weight * (1 - leaving.mean), leaving.weight * (1 - leaving.mean));
  const leave = random.gamma(leaving.weight * leaving.mean, leaving.weight * leaving.mean);
  const byRate = traits.spendByRate * Math.log(relativeRate);
  return {
    joinsOn: random.between(0, isEarly ? Math.min(openingDays, traits.days) : traits.days),
    gapDays: 1 / (rate.mean * relativeRate),
    medianOrder: medianOrder * Math.exp(orderSigma.between * random.normal() + Math.max(-1, Math.min(1, byRate))),
    leavingChance: random.chance(traits.oneTimeShare) ? 1 : leave / (leave + stay),
    lifeDays: lifeDays === Infinity ? Infinity : random.gamma(1, lifeDays),
  };
}

/** @returns the day from which the customer is gone */
function addOrders(orders: Order[], { customer, traits, random, person }: Life): EpochDay {
  const end = person.joinsOn + person.lifeDays;
  for (let at = person.joinsOn; ; at = nextPurchase(at, traits, random, person.gapDays)) {
    if (at >= end) return Math.ceil(end);
    if (at >= traits.days) return Infinity;
    const day = Math.floor(at);
    const amount = person.medianOrder * Math.exp(traits.orderSigma.within * random.normal());
    const amountMinor = Math.max(1, Math.round(amount * minorPerMajor));
    orders.push({ customer, day, amountMinor });
    if (random.chance(traits.cancelledShare)) {
      const cancelled = day + random.integer(0, 10);
      if (cancelled < traits.days) orders.push({ customer, day: cancelled, amountMinor: -amountMinor });
    }
    if (random.chance(person.leavingChance)) return day + 1;
  }
}

/** A gamma gap, sometimes a rest, and as often another gap as the season says. */
function nextPurchase(after: number, { gapShape, rest, season }: ShopTraits, random: Random, gapDays: number): number {
  let at = after + (random.chance(rest.chance) ? random.gamma(1, rest.days) : 0);
  do {
    at += random.gamma(gapShape, gapDays);
  } while (random.chance(season.strength * distanceFromPeak(at, season.peakDay)));
  return at;
}

/** 0 at the peak of the season, 1 half a year away. */
function distanceFromPeak(at: number, peakDay: number): number {
  return (1 - Math.cos((2 * Math.PI * (at - peakDay)) / 365.2425)) / 2;
}
