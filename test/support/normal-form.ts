import type { CustomerRecord } from '../../services/core/events/customer-record.ts';
import type { Sealer } from '../../services/core/ports/sealer.ts';
import { canonicalJson } from '../../services/ingest/steps/canonical-json.ts';
import { originalsPrefix } from '../../services/ingest/steps/collect-originals.ts';
import { nodeDigest } from '../../services/platform/crypto/node-digest.ts';

/**
 * What a record says once it is opened, as one text: without the ids, times and hashes of the message that brought it.
 */
export function clearNormalForm(record: CustomerRecord, sealer: Sealer): string {
  const { eventId, source, receivedAt, contentHash, envelope, ...rest } = record;
  const bound = `${record.tenant}|${record.surrogate}`;
  // How it was said before it was cleaned differs between senders who mean the same.
  const fields = (envelope?.fields ?? []).filter(({ name }) => !name.startsWith(originalsPrefix));
  const personal = fields.map(({ name, sealed }): [string, string] => {
    return [name, sealer.open(sealed, `${bound}|${name}`).toString('utf8')];
  });
  void [eventId, source, receivedAt, contentHash];
  return canonicalJson({ ...rest, personal: Object.fromEntries(personal) }, 64) ?? '';
}

/** Equal for records that say the same. */
export function normalFormHash(record: CustomerRecord, sealer: Sealer): string {
  return nodeDigest.hmacHex(Buffer.alloc(32), clearNormalForm(record, sealer));
}
