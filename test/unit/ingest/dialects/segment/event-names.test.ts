import { describe, expect, it } from 'vitest';
import { eventTypes } from '../../../../../services/core/events/event-types.ts';
import { typeOfName } from '../../../../../services/ingest/dialects/segment/event-names.ts';

describe('typeOfName', () => {
  it.each(eventTypes.map((type) => [type]))('takes the word %s as it is', (type) => {
    expect(typeOfName(type)).toBe(type);
  });

  it.each([
    ['Order Completed', 'order.placed'],
    ['order_completed', 'order.placed'],
    ['orderCompleted', 'order.placed'],
    ['ORDER-COMPLETED', 'order.placed'],
    ['  order   completed ', 'order.placed'],
    ['Order Placed', 'order.placed'],
    ['Order Cancelled', 'order.cancelled'],
    ['order canceled', 'order.cancelled'],
    ['Order Refunded', 'order.returned'],
    ['Product Viewed', 'product.viewed'],
    ['Cart Viewed', 'cart.updated'],
    ['Product Added', 'cart.updated'],
    ['case.followed_up', 'case.followed_up'],
    ['caseFollowedUp', 'case.followed_up'],
  ])('calls %s %s', (name, type) => {
    expect(typeOfName(name)).toBe(type);
  });

  it.each([['Button Clicked'], ['订单完成'], ['…'], ['__proto__'], ['constructor']])('keeps %s as custom', (name) => {
    expect(typeOfName(name)).toBe('custom');
  });
});
