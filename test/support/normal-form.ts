import type { CustomerRecord } from '../../services/core/events/customer-record.ts';
import type { Sealer } from '../../services/core/ports/sealer.ts';
import { canonicalJson } from '../../services/ingest/steps/canonical-json.ts';
import { nodeDigest } from '../../services/platform/crypto/node-digest.ts';

/**
 * What a record says once it is opened, as one text: without the ids, times and hashes of the message that brought it.
 */
export function clearNormalForm(record: CustomerRecord, sealer: Sealer): string {
  const { eventId, source, receivedAt, contentHash, envelope, ...rest } = record;
  const bound = `${record.tenant}|${record.surrogate}`;
  const personal = (envelope?.fields ?? []).map(({ name, sealed }): [string, string] => {
    return [name, sealer.open(sealed, `${bound}|${name}`).toString('utf8')];
  });
  void [eventId, source, receivedAt, contentHash];
  return canonicalJson({ ...rest, personal: Object.fromEntries(personal) }, 64) ?? '';
}

/** Equal for records that say the same. */
export function normalFormHash(record: CustomerRecord, sealer: Sealer): string {
  return nodeDigest.hmacHex(Buffer.alloc(32), clearNormalForm(record, sealer));
}
