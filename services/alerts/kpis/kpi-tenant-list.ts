import type { DurationMs } from '../../core/units.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { KpiTenant, KpiTenants } from './kpi-tenant.ts';

/** How often a file is read again for tenants that it may have by now. */
const againMs: DurationMs = 5_000;

/**
 * The tenants of the start, and those that were added since: facts of a tenant nobody knows cannot be counted later, so the
 * installation is read again before they are set aside.
 * @param readAgain every tenant of the installation now
 */
export function createKpiTenantList(
  atStart: readonly KpiTenant[],
  readAgain: () => Promise<readonly KpiTenant[]>,
  clock: Clock,
): KpiTenants {
  const known = new Map(atStart.map((tenant) => [tenant.id, tenant]));
  let readAt = Number.NEGATIVE_INFINITY;
  return {
    known: () => [...known.values()],
    async find(id) {
      const found = known.get(id);
      if (found !== undefined) return found;
      if (clock.now() - readAt < againMs) return null;
      readAt = clock.now();
      for (const tenant of await readAgain()) if (!known.has(tenant.id)) known.set(tenant.id, tenant);
      return known.get(id) ?? null;
    },
  };
}
