import { describe, expect, it } from 'vitest';
import { aDemoBusiness, demoReference, lifeUntil } from '../../support/demo-business.ts';

const yearMs = 365 * 86_400_000;
const business = aDemoBusiness(11, 200);
const end = demoReference + yearMs;

describe('customerLife', () => {
  it('tells events in the order of time, numbered without gaps', () => {
    for (const customer of business.customers) {
      const events = lifeUntil(customer, 11, end);
      const times = events.map((event) => event.at);
      expect(times).toEqual([...times].sort((a, b) => a - b));
      expect(events.map((event) => event.number)).toEqual(events.map((_, index) => index + 1));
    }
  });

  it('begins with the customer joining, who is identified once', () => {
    for (const customer of business.customers) {
      const joined = lifeUntil(customer, 11, end).filter((event) => event.what === 'joined');
      expect(joined).toHaveLength(1);
    }
  });

  it('sends nothing at or after the moment a customer is gone', () => {
    // Many, because it takes a survey or a cancellation under way at the very end to show the difference.
    const leaving = aDemoBusiness(11, 2_000).customers.filter((customer) => customer.gone !== null);
    expect(leaving.length).toBeGreaterThan(400);
    for (const customer of leaving) {
      const late = lifeUntil(customer, 11, Infinity).filter((event) => event.at >= customer.gone!);
      expect(late, customer.id).toEqual([]);
    }
  });

  it('ends a dissatisfied life with complaints, silence and a cancelled order', () => {
    const dissatisfied = business.customers.filter((customer) => customer.behaviour === 'dissatisfied');
    const cancelling = dissatisfied.filter((customer) => {
      const after = lifeUntil(customer, 11, Infinity).filter((event) => event.at >= customer.dissatisfiedFrom!);
      expect(after.some((event) => event.what === 'order-placed')).toBe(false);
      expect(after.filter((event) => event.what === 'case-opened').length).toBe(2);
      return after.at(-1)?.what === 'order-cancelled';
    });
    expect(cancelling.length).toBeGreaterThan(dissatisfied.length * 0.8);
  });

  it('cancels only orders that were placed, at their price', () => {
    for (const customer of business.customers) {
      const events = lifeUntil(customer, 11, end);
      const placed = new Map(
        events.flatMap((event) => (event.what === 'order-placed' ? [[event.orderId, event.totalMinor] as const] : [])),
      );
      for (const event of events) {
        if (event.what === 'order-cancelled') expect(placed.get(event.orderId)).toBe(event.totalMinor);
      }
    }
  });

  it('buys at about the rhythm of its truth where there is no season', () => {
    const regular = business.customers.find((each) => each.behaviour === 'steady' && each.seasonStrength === 0)!;
    const purchases = lifeUntil(regular, 11, regular.joinedAt + 40 * yearMs).filter(
      (event) => event.what === 'order-placed',
    );
    const days = (purchases.at(-1)!.at - purchases[0].at) / 86_400_000 / (purchases.length - 1);
    expect(Math.abs(days / regular.meanGapDays - 1)).toBeLessThan(0.15);
  });
});
