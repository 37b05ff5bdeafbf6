import type { EventType } from '../events/event-types.ts';

/**
 * How events of a type become facts:
 * - `each`: some KPI reads every one of them
 * - `first-of-day`: the customer did it themselves, which makes the day an active one; the next of the day add nothing
 */
export type CountedAs = 'each' | 'first-of-day';

const each: readonly EventType[] = [
  'order.placed', 'order.cancelled', 'order.returned', 'order.fulfilled',
  'service.subscribed', 'service.upgraded', 'service.cancelled',
  'contact.sent', 'contact.received', 'visit.made', 'social.mentioned', 'case.followed_up',
  'survey.sent', 'survey.answered', 'review.posted',
  'offer.shown', 'offer.accepted', 'offer.rejected', 'campaign.joined', 'coupon.claimed', 'member.registered',
  'lead.captured', 'opportunity.moved', 'contract.signed', 'contract.ended',
  // Acts of the customer that the state does not count apart from others, so that it cannot tell the first of the day.
  'event.attended', 'suggestion.received', 'interview.recorded', 'points.redeemed',
]; // prettier-ignore

/** But for views of pages, which the state does not hold, each of these has a counter of its own (`own-acts.ts`). */
const firstOfDay: readonly EventType[] = [
  'session.started', 'login', 'feature.used', 'page.viewed', 'product.viewed', 'cart.updated', 'contact.opened',
  'contact.clicked', 'case.opened', 'case.reopened', 'need.changed', 'coupon.redeemed',
]; // prettier-ignore

const rules: ReadonlyMap<string, CountedAs> = new Map<string, CountedAs>([
  ...each.map((type) => [type, 'each'] as const),
  ...firstOfDay.map((type) => [type, 'first-of-day'] as const),
]);

/** How events of the type become facts; null for those that no KPI reads. */
export function countedAs(type: string): CountedAs | null {
  return rules.get(type) ?? null;
}
