import { EngineError } from '../../core/errors.ts';
import type { InstallationFile, TenantEntry } from './installation-file.ts';

/**
 * The tenant that a change of the file is about. ERR_USAGE names those that there are.
 * @param id may be undefined where there is only one
 */
export function findTenant({ tenants }: InstallationFile, id: string | undefined): TenantEntry {
  const found = id === undefined && tenants.length === 1 ? tenants[0] : tenants.find((each) => each.id === id);
  if (found !== undefined) return found;
  const known = tenants.map((each) => each.id).join(', ');
  const message = id === undefined ? `name the tenant: ${known}` : `there is no tenant "${id}"; known are ${known}`;
  throw new EngineError('ERR_USAGE', message, { retryable: false });
}
