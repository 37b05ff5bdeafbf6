import type { Attribute } from '../events/customer-record.ts';
import type { EventType } from '../events/event-types.ts';

/** In which campaign, and by whom: KPIs are split by these. */
const split = ['campaignId', 'staff'] as const;

/** The attributes that counting reads of each type; nothing is read of any other type. */
const kept: Readonly<Partial<Record<EventType, readonly string[]>>> = {
  'order.placed': [...split, 'orderId'],
  'order.cancelled': split,
  'order.returned': split,
  'order.fulfilled': ['orderId'],
  'service.subscribed': split,
  'service.upgraded': [...split, 'direction', 'level', 'previousLevel'],
  'contact.sent': [...split, 'personal'],
  'visit.made': [...split, 'personal'],
  'social.mentioned': split,
  'survey.answered': [...split, 'aboutChannel', 'dimensions.trust', 'surveyKind', 'surveyScore'],
  'offer.shown': [...split, 'offerKind'],
  'offer.accepted': [...split, 'offerKind'],
  'campaign.joined': split,
  'contract.ended': split,
};

const keptOf: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(kept).map(([type, names]) => [type, new Set(names)]),
);

const none: readonly Attribute[] = [];

/**
 * Those attributes of an event that counting reads, in their order.
 * @param attributes sorted by name
 */
export function factAttributes(type: string, attributes: readonly Attribute[]): readonly Attribute[] {
  const names = keptOf.get(type);
  if (names === undefined || attributes.length === 0) return none;
  let found: Attribute[] | null = null;
  for (const attribute of attributes) if (names.has(attribute.name)) (found ??= []).push(attribute);
  return found ?? none;
}
