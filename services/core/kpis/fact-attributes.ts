import type { Attribute } from '../events/customer-record.ts';
import type { EventType } from '../events/event-types.ts';

const kept: Readonly<Partial<Record<EventType, readonly string[]>>> = {
  'order.placed': ['orderId'],
  'order.cancelled': ['orderId'],
  'order.returned': ['orderId'],
  'order.fulfilled': ['orderId'],
  'service.upgraded': ['direction', 'level', 'previousLevel'],
  'contact.sent': ['by', 'campaignId', 'personal', 'personalized', 'staff'],
  'social.mentioned': ['mentionId'],
  'survey.sent': ['surveyId', 'surveyKind'],
  'survey.answered': ['surveyId', 'surveyKind', 'surveyScore'],
  'review.posted': ['rating'],
  'offer.shown': ['campaignId', 'kind', 'offerId', 'offerKind'],
  'offer.accepted': ['campaignId', 'kind', 'offerId', 'offerKind'],
  'offer.rejected': ['campaignId', 'kind', 'offerId', 'offerKind'],
  'campaign.joined': ['campaignId'],
  'contract.signed': ['contractId', 'endDate'],
  'contract.ended': ['contractId'],
};

const keptOf: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(kept).map(([type, names]) => [type, new Set(names)]),
);

const none: readonly Attribute[] = [];

/**
 * Those attributes of an event that some KPI reads, in their order.
 * @param attributes sorted by name
 */
export function factAttributes(type: string, attributes: readonly Attribute[]): readonly Attribute[] {
  const names = keptOf.get(type);
  if (names === undefined || attributes.length === 0) return none;
  let found: Attribute[] | null = null;
  for (const attribute of attributes) if (names.has(attribute.name)) (found ??= []).push(attribute);
  return found ?? none;
}
