import { hash, timingSafeEqual } from 'node:crypto';
import type { EpochMs } from '../../core/units.ts';
import type { SendingKey } from './sending-key.ts';

/** Finds the keys that are valid at a time. */
export interface Keyring {
  /** @param clear the write key as a client sends it */
  byKey(clear: string, now: EpochMs): SendingKey | undefined;
  byId(id: string, now: EpochMs): SendingKey | undefined;
}

const bucketBytes = 2;

/**
 * What a client sends is hashed first, so the place where it is looked up tells nothing about a neighbour's key; the
 * digests of one place are compared in constant time, each of them.
 */
export function createKeyring(keys: readonly SendingKey[]): Keyring {
  const buckets = new Map<number, { readonly digest: Buffer; readonly key: SendingKey }[]>();
  const ids = new Map(keys.map((key) => [key.id, key]));
  for (const key of keys) {
    if (key.digest === null) continue;
    const place = key.digest.readUIntBE(0, bucketBytes);
    buckets.set(place, [...(buckets.get(place) ?? []), { digest: key.digest, key }]);
  }
  return {
    byKey(clear, now) {
      const digest = hash('sha256', clear, 'buffer');
      let found: SendingKey | undefined;
      for (const entry of buckets.get(digest.readUIntBE(0, bucketBytes)) ?? []) {
        if (timingSafeEqual(entry.digest, digest)) found = entry.key;
      }
      return validAt(found, now);
    },
    byId: (id, now) => validAt(ids.get(id), now),
  };
}

function validAt(key: SendingKey | undefined, now: EpochMs): SendingKey | undefined {
  return key === undefined || (key.endsAt !== null && key.endsAt <= now) ? undefined : key;
}
