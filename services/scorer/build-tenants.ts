import { createBusinessCalendar } from '../core/events/business-day.ts';
import { currencyExponent, minorPerMajor } from '../core/events/money.ts';
import { createAesSealer } from '../platform/crypto/aes-sealer.ts';
import type { Installation } from '../platform/runtime/installation.ts';
import type { ScorerTenant } from './scorer-tenant.ts';

/** The tenants of an installation, by id, as scoring needs them. */
export function buildTenants(installation: Installation): ReadonlyMap<string, ScorerTenant> {
  return new Map(
    installation.tenants.map((tenant) => {
      const sealer = createAesSealer(tenant.envelopeKey.id, tenant.envelopeKey.key);
      const scorerTenant: ScorerTenant = {
        id: tenant.id,
        calendar: createBusinessCalendar(tenant.timezone),
        currency: tenant.currency,
        minorPerMajor: minorPerMajor(currencyExponent(tenant.currency) ?? 2),
        sealerFor: (keyId) => (keyId === sealer.keyId ? sealer : null),
      };
      return [tenant.id, scorerTenant];
    }),
  );
}
