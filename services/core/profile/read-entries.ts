import type { CustomerRecord } from '../events/customer-record.ts';
import { mostValueBytes } from './profile-entry.ts';
import type { ProfileEntry, ProfileOrigin, ProfileValue } from './profile-entry.ts';

/** Sealed fields of a record that say nothing about the customer. */
const notOfProfile: ReadonlySet<string> = new Set(['customerRef', 'eventName', 'ip', 'previousId']);
/** Names of the fields that keep what cleaning replaced. */
const originals = 'cleaned:';
const nothing: readonly ProfileEntry[] = [];

/**
 * What a record says about its customer's profile; empty for most. Only events that are about the customer say anything:
 * the e-mail or address of an order may be those of whoever receives it.
 */
export function readEntries(record: CustomerRecord): readonly ProfileEntry[] {
  if (record.kind === 'event') return isOfProfile(record) ? entriesOf(record) : nothing;
  const { kind, retracted } = record;
  if (kind !== 'event-retracted' || retracted === null || !isOfProfile(retracted)) return nothing;
  return entriesOf(retracted).map((entry) => ({ ...entry, value: { kind: 'retracted' } }));
}

/** Whether events of this type are about the customer. */
export function isOfProfile({ type }: Pick<CustomerRecord, 'type'>): boolean {
  return type === 'customer.upserted' || type === 'preference.changed' || type === 'member.registered';
}

function entriesOf({ envelope, attributes, ...record }: CustomerRecord): ProfileEntry[] {
  const { source, importId, channel, eventId, occurredAt, receivedAt } = record;
  const keyId = envelope?.keyId ?? null;
  const origin: ProfileOrigin = { source, importId, channel, eventId, occurredAt, receivedAt, keyId };
  const sealed = (envelope?.fields ?? [])
    .filter(({ name }) => !notOfProfile.has(name) && !name.startsWith(originals))
    .map(({ name, sealed: bytes }): ProfileEntry => ({ name, origin, value: valueOfSealed(bytes) }));
  const taken = new Set(sealed.map(({ name }) => name));
  const clear = attributes
    .filter(({ name }) => !taken.has(name))
    .map(({ name, value }): ProfileEntry => ({ name, origin, value: { kind: 'clear', value } }));
  return [...sealed, ...clear];
}

function valueOfSealed(bytes: Buffer): ProfileValue {
  return bytes.length > mostValueBytes ? { kind: 'large' } : { kind: 'sealed', bytes };
}
