import type { CustomerRecord } from '../../services/core/events/customer-record.ts';

/** What KPIs should be told of an event: nothing else of the fact is decided by more than the event itself. */
export interface NaiveFact {
  readonly eventId: string;
  readonly type: string;
  readonly sign: 1 | -1;
  /** Place of the record in the customer's history. */
  readonly place: number;
}

const dayMs = 86_400_000;

/** Types of which features keep something; those of the others repeat as often as the log does. */
const held = new Set([
  'order.placed', 'order.cancelled', 'order.returned', 'service.upgraded', 'service.cancelled', 'contact.sent',
  'contact.received', 'visit.made', 'social.mentioned', 'case.followed_up', 'survey.sent', 'survey.answered',
  'review.posted', 'offer.accepted', 'offer.rejected', 'campaign.joined', 'contract.signed', 'contract.ended',
  'event.attended', 'suggestion.received', 'interview.recorded', 'points.redeemed',
]); // prettier-ignore

const repeating = new Set([
  'order.fulfilled', 'service.subscribed', 'offer.shown', 'coupon.claimed', 'member.registered', 'lead.captured',
  'opportunity.moved',
]); // prettier-ignore

/** What makes a day an active one. */
const acts = new Set([
  'session.started', 'login', 'feature.used', 'product.viewed', 'cart.updated', 'contact.opened', 'contact.clicked',
  'case.opened', 'case.reopened', 'need.changed', 'coupon.redeemed',
]); // prettier-ignore

/**
 * The facts of one customer's records inside the horizon, from the definition: every event of a counted type once, and
 * one for each day on which acts are left, whatever was taken back meanwhile.
 */
export function naiveFacts(records: readonly CustomerRecord[]): NaiveFact[] {
  const facts: NaiveFact[] = [];
  const seen = new Set<string>();
  const actsOf = new Map<number, number>();
  records.forEach((record, place) => {
    const event = record.retracted ?? record;
    const { type, eventId } = event;
    const sign = record.retracted === null ? 1 : -1;
    const tell = (): void => void facts.push({ eventId, type, sign, place });
    const day = Math.floor(Math.min(event.occurredAt, event.receivedAt) / dayMs);
    const left = actsOf.get(day) ?? 0;
    if (repeating.has(type)) tell();
    if (type === 'page.viewed' && sign === 1 && left === 0) tell();
    if (!held.has(type) && !acts.has(type)) return;
    if (seen.has(`${sign} ${eventId}`)) return;
    seen.add(`${sign} ${eventId}`);
    if (held.has(type)) tell();
    if (!acts.has(type)) return;
    actsOf.set(day, left + sign);
    if ((left === 0) !== (left + sign === 0)) tell();
  });
  return facts;
}
