import { eventTypes } from '../../../core/events/event-types.ts';
import type { EventType } from '../../../core/events/event-types.ts';

/** Names of Segment's e-commerce, B2B and mobile specifications, and what they are called here. */
const segmentNames: Readonly<Record<string, EventType>> = {
  'Order Completed': 'order.placed',
  'Order Created': 'order.placed',
  'Completed Order': 'order.placed',
  'Order Cancelled': 'order.cancelled',
  'Order Canceled': 'order.cancelled',
  'Order Refunded': 'order.returned',
  'Order Returned': 'order.returned',
  'Order Fulfilled': 'order.fulfilled',
  'Order Delivered': 'order.fulfilled',
  'Order Delayed': 'order.delayed',
  'Payment Succeeded': 'payment.made',
  'Payment Completed': 'payment.made',
  'Payment Failed': 'payment.failed',
  'Payment Declined': 'payment.failed',
  'Product Viewed': 'product.viewed',
  'Viewed Product': 'product.viewed',
  'Product Added': 'cart.updated',
  'Added Product': 'cart.updated',
  'Product Removed': 'cart.updated',
  'Removed Product': 'cart.updated',
  'Cart Viewed': 'cart.updated',
  'Coupon Applied': 'coupon.redeemed',
  'Promotion Viewed': 'offer.shown',
  'Promotion Clicked': 'offer.accepted',
  'Product Reviewed': 'review.posted',
  'Signed In': 'login',
  'Logged In': 'login',
  'User Logged In': 'login',
  'Session Started': 'session.started',
  'Application Opened': 'session.started',
  'Subscription Started': 'service.subscribed',
  'Subscription Upgraded': 'service.upgraded',
  'Subscription Cancelled': 'service.cancelled',
  'Subscription Canceled': 'service.cancelled',
  'Email Sent': 'contact.sent',
  'Email Delivered': 'contact.delivered',
  'Email Opened': 'contact.opened',
  'Email Link Clicked': 'contact.clicked',
  'Push Notification Received': 'contact.delivered',
  'Push Notification Tapped': 'contact.clicked',
  'NPS Answered': 'survey.answered',
  'Survey Completed': 'survey.answered',
  'Ticket Created': 'case.opened',
  'Ticket Closed': 'case.closed',
};

const types: ReadonlyMap<string, EventType> = new Map([
  ...Object.entries(segmentNames).map(([name, type]) => [normaliseName(name), type] as const),
  ...eventTypes.map((type) => [normaliseName(type), type] as const),
]);

/**
 * The vocabulary's word for a track event's name: words of the vocabulary and names of Segment's specifications, in any
 * case and with any separators (`Order Completed`, `order_completed`, `orderCompleted`); `custom` for every other name.
 */
export function typeOfName(name: string): EventType {
  return types.get(normaliseName(name)) ?? 'custom';
}

function normaliseName(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}
