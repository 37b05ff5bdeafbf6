import type { JsonObject } from '../../json-object.ts';

/** Who an event is about, and the properties that said so. */
export interface CapturedPerson {
  readonly userId: unknown;
  readonly anonymousId: unknown;
  /** Who the person was before, in an alias. */
  readonly previousId: unknown;
  readonly taken: ReadonlySet<string>;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const taken: ReadonlySet<string> = new Set(['distinct_id', 'alias']);

/**
 * A distinct id names a user, unless the client says or shows that it made the id up itself: the id of the device, a
 * state of `anonymous`, a random id in an event without person, or the id of a group.
 */
export function readPerson(event: JsonObject, properties: JsonObject): CapturedPerson {
  const id = event['distinct_id'] ?? event['$distinct_id'] ?? properties['distinct_id'];
  const anonymous = properties['$anon_distinct_id'];
  const isMadeUp =
    properties['$user_state'] === 'anonymous' ||
    properties['$is_identified'] === false ||
    (properties['$device_id'] !== undefined && properties['$device_id'] === id) ||
    (properties['$process_person_profile'] === false && typeof id === 'string' && uuid.test(id)) ||
    event['event'] === '$groupidentify';
  const person = isMadeUp ? { userId: undefined, anonymousId: id } : { userId: id, anonymousId: anonymous };
  return { ...person, previousId: properties['alias'], taken };
}
