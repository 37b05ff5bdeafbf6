import { ByteWriter } from '../features/byte-writer.ts';
import type { Profile, ProfileOrigin, ProfileValue } from './profile-entry.ts';
import { profileFormatVersion, valueKinds } from './profile-format.ts';

const blockBytes = 4096;

/** Packs a profile; see `profile-format.ts`. */
export function encodeProfile(profile: Profile): Buffer {
  const writer = new ByteWriter(blockBytes);
  const origins = new Map<ProfileOrigin, number>();
  for (const { origin } of profile) if (!origins.has(origin)) origins.set(origin, origins.size);
  writer.byte(profileFormatVersion);
  writer.unsigned(origins.size);
  for (const origin of origins.keys()) writeOrigin(writer, origin);
  writer.unsigned(profile.length);
  for (const { name, origin, value } of profile) {
    writer.unsigned(origins.get(origin)!);
    writeText(writer, name);
    writeValue(writer, value);
  }
  return writer.finish();
}

function writeOrigin(writer: ByteWriter, origin: ProfileOrigin): void {
  writeText(writer, origin.source);
  writeOptional(writer, origin.importId);
  writeText(writer, origin.channel);
  writeText(writer, origin.eventId);
  writeOptional(writer, origin.keyId);
  writer.signed(origin.occurredAt);
  writer.signed(origin.receivedAt);
}

function writeValue(writer: ByteWriter, value: ProfileValue): void {
  writer.byte(valueKinds.indexOf(value.kind));
  if (value.kind === 'sealed') writer.blob(value.bytes);
  if (value.kind === 'clear') writeText(writer, JSON.stringify(value.value));
}

function writeText(writer: ByteWriter, text: string): void {
  writer.blob(Buffer.from(text, 'utf8'));
}

function writeOptional(writer: ByteWriter, text: string | null): void {
  writer.byte(text === null ? 0 : 1);
  if (text !== null) writeText(writer, text);
}
