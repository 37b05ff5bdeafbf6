import type { Change } from '../../core/quality/clean-fields.ts';
import { isChannel } from '../../core/events/channels.ts';
import type { CustomerRecord } from '../../core/events/customer-record.ts';
import type { Digest } from '../../core/ports/digest.ts';
import type { EpochMs } from '../../core/units.ts';
import { ingestLimits } from '../ingest-limits.ts';
import type { Sender } from '../ingest-tenant.ts';
import type { PlannedEvent } from '../planned-event.ts';
import { blankRecord } from './blank-record.ts';
import { collectOriginals } from './collect-originals.ts';
import { collectPersonal } from './collect-personal.ts';
import type { PersonalCheck } from './personal-check.ts';
import { pseudonymise } from './pseudonymise.ts';
import type { EventFacts } from './read-facts.ts';
import { readImportId } from './read-import-id.ts';
import { sealFields } from './seal-fields.ts';

export interface RecordContext {
  readonly sender: Sender;
  readonly receivedAt: EpochMs;
  readonly digest: Digest;
}

/**
 * The record for the topic: ids become keyed hashes, personal fields are sealed.
 * @param changes what cleaning changed
 */
export function buildRecord(
  event: PlannedEvent,
  facts: EventFacts,
  context: RecordContext,
  changes: readonly Change[] = [],
): CustomerRecord {
  const { sender, receivedAt, digest } = context;
  const { tenant } = sender;
  const { surrogate, identities } = pseudonymise(facts.ids, event, digest, tenant.pseudonymKey);
  const money = facts.money.fields;
  const name = publicName(event.name, facts.isPersonal);
  const personal = collectPersonal(facts.ids, event.traits, facts.sorted.personal, facts.isPersonal);
  const sealed = changes.length === 0 ? personal : new Map([...collectOriginals(changes), ...personal]);
  if (name !== event.name) sealed.set('eventName', event.name);
  return {
    ...blankRecord,
    eventId: facts.eventId,
    tenant: tenant.id,
    region: facts.place.region,
    store: facts.place.store,
    source: sender.source,
    channel: event.channelHints.find(isKnownChannel) ?? sender.channel,
    type: event.type,
    name: name?.slice(0, ingestLimits.attributeCharacters).toWellFormed() ?? null,
    surrogate,
    identities,
    occurredAt: facts.occurredAt,
    receivedAt,
    amountMinor: money.amountMinor,
    currency: money.currency,
    reportingAmountMinor: money.reportingAmountMinor,
    rateVersion: money.rateVersion,
    attributes: facts.sorted.attributes,
    envelope: sealFields(sealed, tenant.sealer, { tenant: tenant.id, surrogate }),
    contentHash: digest.hmacHex(tenant.contentKey, facts.content),
    historical: facts.historical,
    importId: readImportId(event),
    planVersion: event.planVersion,
  };
}

function isKnownChannel(hint: unknown): hint is string {
  return typeof hint === 'string' && isChannel(hint);
}

/** The name of a custom event, unless somebody put a person into it. */
function publicName(name: string | null, isPersonal: PersonalCheck): string | null {
  return name !== null && isPersonal(name) ? null : name;
}
