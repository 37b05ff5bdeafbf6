import { createBusinessCalendar } from '../core/events/business-day.ts';
import { createAesSealer } from '../platform/crypto/aes-sealer.ts';
import type { Installation } from '../platform/runtime/installation.ts';
import type { IngestTenant, Sender } from './ingest-tenant.ts';

/** Who may send: write key → tenant, source and usual channel. */
export function buildSenders(installation: Installation): ReadonlyMap<string, Sender> {
  return new Map(
    installation.tenants.flatMap(({ timezone, envelopeKey, writeKeys, ...fields }) => {
      const tenant: IngestTenant = {
        ...fields,
        calendar: createBusinessCalendar(timezone),
        sealer: createAesSealer(envelopeKey.id, envelopeKey.key),
      };
      return writeKeys.map(({ key, source, channel }): [string, Sender] => [key, { tenant, source, channel }]);
    }),
  );
}
