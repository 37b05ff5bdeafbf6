import type { EventType } from '../events/event-types.ts';

const types: readonly EventType[] = [
  // what ends, feeds or starts a playbook, and what is counted for its effect
  'order.placed', 'order.cancelled', 'order.fulfilled', 'order.delayed', 'order.returned', 'payment.made', 'payment.failed',
  'service.subscribed', 'service.upgraded', 'service.cancelled',
  'contract.signed', 'contract.milestone', 'contract.ended', 'need.changed', 'lead.captured', 'visit.made', 'login',
  'offer.shown', 'offer.accepted', 'offer.rejected',
  // contacts, both directions, and who may be contacted
  'contact.sent', 'contact.delivered', 'contact.opened', 'contact.clicked', 'contact.received', 'consent.changed',
  'preference.changed', 'customer.upserted',
  // cases and what customers say
  'case.opened', 'case.responded', 'case.progressed', 'case.resolved', 'case.followed_up', 'case.reopened', 'case.closed',
  'survey.answered', 'review.posted',
  // loyalty
  'member.registered', 'points.earned', 'points.redeemed', 'coupon.claimed', 'coupon.redeemed',
]; // prettier-ignore

/** Events that playbooks, cases, surveys or loyalty react to; alerts passes over all others (page views, above all). */
export const careEventTypes: ReadonlySet<string> = new Set(types);
