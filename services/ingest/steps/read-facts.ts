import type { Outcome } from '../../core/outcome.ts';
import type { EpochMs } from '../../core/units.ts';
import { ingestLimits } from '../ingest-limits.ts';
import type { IngestTenant } from '../ingest-tenant.ts';
import type { PlannedEvent } from '../planned-event.ts';
import { canonicalJson } from './canonical-json.ts';
import { checkEvent } from './check-event.ts';
import { createPersonalCheck } from './personal-check.ts';
import type { PersonalCheck } from './personal-check.ts';
import { readCustomer } from './read-customer.ts';
import type { CustomerIds } from './read-customer.ts';
import { readMoney } from './read-money.ts';
import type { EventMoney } from './read-money.ts';
import { readPlace } from './read-place.ts';
import type { Place } from './read-place.ts';
import { readTime } from './read-time.ts';
import { reject } from './reject.ts';
import { sortProperties } from './sort-properties.ts';
import type { SortedProperties } from './sort-properties.ts';

/** What an event says, checked and normalised; still in clear. */
export interface EventFacts {
  readonly eventId: string;
  readonly occurredAt: EpochMs;
  readonly historical: boolean;
  readonly ids: CustomerIds;
  /** Keeps personal texts and the customer's own ids out of what stands in clear. */
  readonly isPersonal: PersonalCheck;
  readonly money: EventMoney;
  readonly place: Place;
  readonly sorted: SortedProperties;
  /** What the client itself said, as one text. */
  readonly content: string;
}

/** Reads and checks everything an event says. The first fault found decides. */
export function readFacts(event: PlannedEvent, tenant: IngestTenant, receivedAt: EpochMs): Outcome<EventFacts> {
  const eventId = checkEvent(event);
  if (eventId.outcome !== 'ok') return eventId;
  // First of all that walks into the event: it is what bounds the nesting.
  const content = canonicalJson(event.content, ingestLimits.nestingDepth);
  if (content === null) return reject('ERR_EVENT_INVALID', 'the event is nested too deep; send a flatter one');
  const ids = readCustomer(event);
  if (ids.outcome !== 'ok') return ids;
  const historical = event.historical === true;
  const occurredAt = readTime(event.time, receivedAt, historical);
  if (occurredAt.outcome !== 'ok') return occurredAt;
  const money = readMoney(event, tenant, occurredAt.value);
  if (money.outcome !== 'ok') return money;
  const isPersonal = createPersonalCheck(ids.value);
  const place = readPlace(event.properties, isPersonal);
  const sorted = sortProperties(event.properties, namesTaken(place), isPersonal);
  if (sorted.outcome !== 'ok') return sorted;
  const parts = { occurredAt: occurredAt.value, ids: ids.value, money: money.value, sorted: sorted.value };
  return { outcome: 'ok', value: { eventId: eventId.value, historical, isPersonal, place, content, ...parts } };
}

function namesTaken(place: Place): ReadonlySet<string> {
  const taken = new Set<string>();
  if (place.region !== null) taken.add('region');
  if (place.store !== null) taken.add('store');
  return taken;
}
