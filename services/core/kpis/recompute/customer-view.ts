import type { EpochDay } from '../../units.ts';
import type { KpiRules } from '../kpi-rules.ts';
import type { PastCustomer, PastEvent, PastStanding } from './kpi-history.ts';
import type { Place } from './tally.ts';

/** An event with the business day it is counted on. */
export interface DatedEvent extends PastEvent {
  readonly day: EpochDay;
}

/** A customer's past, in the order of the log. */
export interface CustomerView {
  readonly customer: PastCustomer;
  /** Taken back ones too: that one happened to write them down shows that the customer was known. */
  readonly heard: readonly DatedEvent[];
  readonly events: readonly DatedEvent[];
  /** Orders placed, by the day. */
  readonly orders: readonly DatedEvent[];
  readonly standings: readonly PastStanding[];
}

export function viewCustomer(customer: PastCustomer, rules: KpiRules): CustomerView {
  const heard = customer.events
    .map((event) => ({ ...event, day: rules.dayOf(event.at) }))
    .toSorted((one, other) => one.order - other.order);
  const events = heard.filter(({ isTakenBack }) => !isTakenBack);
  const orders = events.filter(isOrder).toSorted((one, other) => one.day - other.day);
  const standings = customer.standings.toSorted((one, other) => one.order - other.order);
  return { customer, heard, events, orders, standings };
}

/** Money that goes back comes as an order below zero from some tills; that is no order. */
export function isOrder({ type, amountMinor }: PastEvent): boolean {
  return type === 'order.placed' && (amountMinor ?? 0) >= 0;
}

/** Tier and stage as they were once the event had been scored. */
export function placeWhenScored({ standings }: CustomerView, event: PastEvent): Place {
  return placeOf(standings.filter(({ order }) => order <= event.order).at(-1));
}

/** The last standing that tells of days before `after`; undefined before the first. */
export function standingBefore({ standings }: CustomerView, after: EpochDay): PastStanding | undefined {
  return standings.filter(({ asOf }) => asOf - 1 < after).at(-1);
}

export function placeOf(standing: PastStanding | undefined): Place {
  return standing === undefined ? {} : { tier: standing.tier, stage: standing.stage };
}

export function isLapsedStage(stage: string | null): boolean {
  return stage !== null && stage.split('.').at(-1) === 'lapsed';
}
