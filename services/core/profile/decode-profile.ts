import { ByteReader } from '../features/byte-reader.ts';
import { stateCorrupt } from '../features/state-corrupt.ts';
import type { Profile, ProfileEntry, ProfileOrigin, ProfileValue } from './profile-entry.ts';
import { profileFormatVersion, valueKinds } from './profile-format.ts';

type ClearValue = Extract<ProfileValue, { readonly kind: 'clear' }>['value'];

const leastOriginBytes = 7;
const leastEntryBytes = 3;

/** Unpacks what `encodeProfile` packed. Anything else is ERR_STATE_CORRUPT. */
export function decodeProfile(bytes: Buffer): Profile {
  const reader = new ByteReader(bytes);
  const version = reader.byte();
  if (version !== profileFormatVersion) throw stateCorrupt(`its profile has format ${version}, not 1`);
  const origins = Array.from({ length: reader.count(leastOriginBytes) }, () => readOrigin(reader));
  const entries = Array.from({ length: reader.count(leastEntryBytes) }, (): ProfileEntry => {
    const origin = origins[reader.unsigned()];
    if (origin === undefined) throw stateCorrupt('an entry of its profile has no origin');
    return { origin, name: readText(reader), value: readValue(reader) };
  });
  reader.expectEnd();
  return entries;
}

function readOrigin(reader: ByteReader): ProfileOrigin {
  return {
    source: readText(reader),
    importId: readOptional(reader),
    channel: readText(reader),
    eventId: readText(reader),
    keyId: readOptional(reader),
    occurredAt: reader.signed(),
    receivedAt: reader.signed(),
  };
}

function readValue(reader: ByteReader): ProfileValue {
  const kind = valueKinds[reader.byte()];
  if (kind === 'sealed') return { kind, bytes: reader.blob() };
  if (kind === 'clear') return { kind, value: parseClear(readText(reader)) };
  if (kind === undefined) throw stateCorrupt('a value of its profile is of no known kind');
  return { kind };
}

function parseClear(text: string): ClearValue {
  try {
    const value: unknown = JSON.parse(text);
    if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return value as ClearValue;
  } catch {
    // Told below.
  }
  throw stateCorrupt('a plain value of its profile is no JSON');
}

function readText(reader: ByteReader): string {
  return reader.blob().toString('utf8');
}

function readOptional(reader: ByteReader): string | null {
  return reader.byte() === 0 ? null : readText(reader);
}
