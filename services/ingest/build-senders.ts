import type { Installation } from '../platform/runtime/installation.ts';
import { buildTenants } from './build-tenants.ts';
import type { IngestTenant, Sender } from './ingest-tenant.ts';

/** Who may send: write key → tenant, source and usual channel. */
export function buildSenders(
  installation: Installation,
  tenants: ReadonlyMap<string, IngestTenant> = buildTenants(installation),
): ReadonlyMap<string, Sender> {
  return new Map(
    installation.tenants.flatMap(({ id, writeKeys }) => {
      const tenant = tenants.get(id)!;
      return writeKeys.map(({ key, source, channel }): [string, Sender] => [key, { tenant, source, channel }]);
    }),
  );
}
