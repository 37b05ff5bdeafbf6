import type { Attribute } from '../events/customer-record.ts';

/** Who did it, and in which campaign: kept of every event that is told. */
const ofAny = ['campaignId', 'staff'] as const;

/**
 * The attributes that a fact keeps of each type of event, sorted by name; types that are not named keep those of any
 * event. Whatever counting reads has to stand here.
 */
const ofType: Readonly<Record<string, readonly string[]>> = {
  'order.placed': ['orderId'],
  'order.fulfilled': ['orderId'],
  'contact.sent': ['personal'],
  'visit.made': ['personal'],
  'offer.shown': ['offerKind'],
  'offer.accepted': ['offerKind'],
  'survey.answered': ['aboutChannel', 'dimensions.trust', 'surveyKind', 'surveyScore'],
};

const lists: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(ofType).map(([type, names]) => [type, [...ofAny, ...names].sort()]),
);

export function keptAttributes(type: string): readonly string[] {
  return lists.get(type) ?? ofAny;
}

const none: readonly Attribute[] = [];

/**
 * Those attributes of an event that some KPI reads, in their order.
 * @param attributes sorted by name
 */
export function factAttributes(type: string, attributes: readonly Attribute[]): readonly Attribute[] {
  if (attributes.length === 0) return none;
  const names = keptAttributes(type);
  let found: Attribute[] | null = null;
  for (const attribute of attributes) if (names.includes(attribute.name)) (found ??= []).push(attribute);
  return found ?? none;
}
