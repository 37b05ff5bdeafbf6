import { describe, expect, it } from 'vitest';
import { eventTypes } from '../../../services/core/events/event-types.ts';
import type { EventType } from '../../../services/core/events/event-types.ts';
import { aPlannedEvent, plan } from './ingest-fixtures.ts';

const meaning = (name: string) => plan.forSource('acme', 'web').meaningOf(name);

/** Names as the vocabularies write them; nothing else in this table. */
const golden: Partial<Record<EventType, readonly string[]>> = {
  'order.placed': ['Order Completed', 'order_completed', 'orderCompleted', ' ORDER-COMPLETED ', 'purchase', 'orders/create', 'orders/paid', 'transaction', 'iglu:com.acme/order/jsonschema/1-0-0', 'com.acme.order.placed', 'com.acme.shop.OrderPlaced.v2'],
  'order.cancelled': ['Order Cancelled', 'order canceled', 'orders/cancelled', 'com.acme.order.cancelled'],
  'order.returned': ['Order Refunded', 'refund', 'refunds/create', 'iglu:com.acme/refund/jsonschema/2-0-0'],
  'order.fulfilled': ['Order Delivered', 'orders/fulfilled'],
  'payment.failed': ['Payment Declined', 'payment_failed'],
  'product.viewed': ['Product Viewed', 'view_item', 'product_viewed'],
  'cart.updated': ['Product Added', 'Product Removed', 'Cart Viewed', 'add_to_cart', 'remove_from_cart', 'product_added_to_cart', 'carts/update'],
  'page.viewed': ['page_view', 'page_viewed'],
  'session.started': ['session_start', 'Application Opened'],
  'login': ['Signed In', 'login'],
  'member.registered': ['Signed Up', 'sign_up'],
  'lead.captured': ['generate_lead'],
  'offer.shown': ['Promotion Viewed', 'view_promotion'],
  'offer.accepted': ['select_promotion'],
  'coupon.redeemed': ['Coupon Applied'],
  'contact.opened': ['Email Opened'],
  'contact.clicked': ['Email Link Clicked', 'Push Notification Tapped'],
  'case.opened': ['Ticket Created'],
  'case.followed_up': ['case.followed_up', 'caseFollowedUp'],
  'survey.answered': ['NPS Answered', 'Survey Completed', 'survey sent response'],
  'review.posted': ['Product Reviewed'],
  'customer.upserted': ['customers/update'],
}; // prettier-ignore

describe('the default plan', () => {
  it.each(eventTypes.map((type) => [type]))('takes the word %s as it is', (type) => {
    expect(meaning(type).type).toBe(type);
  });

  it.each(Object.entries(golden).flatMap(([type, names]) => names.map((name) => [name, type] as const)))(
    'calls %s %s',
    (name, type) => {
      expect(meaning(name)).toEqual({ type, name: null, isMapped: true });
    },
  );

  it.each([
    'Button Clicked',
    '订单完成',
    'Order Viewed',
    'com.acme.refund.order',
    'iglu:com.acme/pre_order/jsonschema/1',
  ])('does not guess what %s is', (name) => {
    expect(meaning(name)).toEqual({ type: 'custom', name, isMapped: false });
  });

  it.each<[EventType, object, object]>([
    ['order.placed', { transaction_id: 'o1', coupon_code: 'c' }, { orderId: 'o1', coupon: 'c' }],
    ['product.viewed', { name: 'Tea', item_id: 7 }, { productName: 'Tea', productId: 7 }],
    ['case.opened', { ticket_id: 1, type: 'complaint' }, { caseId: 1, caseClass: 'complaint' }],
    ['survey.answered', { nps: 9, value: 3 }, { surveyScore: 9, value: 3 }],
    ['contract.signed', { contract_end: '2027-01-31' }, { endDate: '2027-01-31' }],
    ['member.level_changed', { tier: 2, old_tier: 3 }, { level: 2, previousLevel: 3 }],
    ['custom', { name: 'Jane', type: 't' }, { name: 'Jane', type: 't' }],
  ])('finds the properties of %s', (type, properties, expected) => {
    expect(aPlannedEvent({ type, properties: { ...properties } }).properties).toEqual(expected);
  });

  it.each([
    ['Segment', { revenue: 10, total: 12, currency: 'EUR' }],
    ['GA4', { value: 10, currency: 'EUR', transaction_id: 'x' }],
    ['GA4 with a data layer', { ecommerce: { value: 10, currency: 'EUR' } }],
    ['Shopify web pixels', { checkout: { totalPrice: { amount: 10, currencyCode: 'EUR' } } }],
    ['Shopify webhooks', { total_price_set: { shop_money: { amount: 10, currency_code: 'EUR' } } }],
  ])('finds the money where %s has it', (_who, properties) => {
    const { amount, currency } = aPlannedEvent({ type: 'order.placed', properties });
    expect([amount?.value, currency?.value]).toEqual([10, 'EUR']);
  });
});
