/**
 * The closed vocabulary of event types (domain brief, "Event names"). Anything else is kept as `custom` with its own name.
 */
export const eventTypes = [
  // profile
  'customer.upserted', 'customer.erased', 'identity.linked', 'identity.unlinked', 'consent.changed',
  'preference.changed', 'tag.assigned',
  // behaviour
  'session.started', 'page.viewed', 'product.viewed', 'cart.updated', 'feature.used', 'login', 'device.reading',
  'location.reported',
  // purchase
  'order.placed', 'order.cancelled', 'order.fulfilled', 'order.delayed', 'order.returned', 'payment.made',
  'payment.failed', 'service.subscribed', 'service.upgraded', 'service.cancelled',
  // contact, both directions
  'contact.sent', 'contact.delivered', 'contact.opened', 'contact.clicked', 'contact.received', 'visit.made',
  'event.attended', 'social.mentioned',
  // service
  'case.opened', 'case.responded', 'case.progressed', 'case.resolved', 'case.followed_up', 'case.reopened',
  'case.closed', 'need.changed',
  // voice of customer
  'survey.sent', 'survey.answered', 'review.posted', 'suggestion.received', 'interview.recorded',
  // loyalty, offers
  'coupon.claimed', 'coupon.redeemed', 'points.earned', 'points.redeemed', 'member.registered',
  'member.level_changed', 'reward.share_made', 'offer.shown', 'offer.accepted', 'offer.rejected', 'campaign.joined',
  // sales
  'lead.captured', 'opportunity.moved', 'contract.signed', 'contract.milestone', 'contract.ended',
  // anything else
  'custom',
] as const; // prettier-ignore

export type EventType = (typeof eventTypes)[number];

const known: ReadonlySet<string> = new Set(eventTypes);

/** Whether `name` is a word of the vocabulary. */
export function isEventType(name: string): name is EventType {
  return known.has(name);
}
