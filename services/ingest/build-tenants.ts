import { createBusinessCalendar } from '../core/events/business-day.ts';
import { createAesSealer } from '../platform/crypto/aes-sealer.ts';
import type { Installation } from '../platform/runtime/installation.ts';
import type { IngestTenant } from './ingest-tenant.ts';

/** What ingest must know of each tenant, by its id. */
export function buildTenants(installation: Installation): ReadonlyMap<string, IngestTenant> {
  return new Map(
    installation.tenants.map(({ timezone, envelopeKey, ...fields }): [string, IngestTenant] => [
      fields.id,
      {
        ...fields,
        calendar: createBusinessCalendar(timezone),
        sealer: createAesSealer(envelopeKey.id, envelopeKey.key),
      },
    ]),
  );
}
