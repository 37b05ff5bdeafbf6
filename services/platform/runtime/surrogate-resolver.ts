import { parseCustomerId } from '../../core/identity/parse-customer-id.ts';
import { surrogateId } from '../../core/identity/surrogate-id.ts';
import type { Digest } from '../../core/ports/digest.ts';
import type { Surrogate } from '../../core/units.ts';
import type { Installation } from './installation.ts';

/**
 * Turns ids as APIs take them (`user:42`, `42`, `~` + 32 hex digits) into surrogates, under the keys of the tenants.
 * @returns null for what is no id, and for tenants that are not of the installation
 */
export function createSurrogateResolver(
  { tenants }: Pick<Installation, 'tenants'>,
  digest: Digest,
): (tenant: string, id: string) => Surrogate | null {
  const keys = new Map(tenants.map(({ id, pseudonymKey }) => [id, pseudonymKey]));
  return (tenant, text) => {
    const id = parseCustomerId(text);
    const key = keys.get(tenant);
    if (id === null || key === undefined) return null;
    return id.by === 'surrogate' ? id.surrogate : surrogateId(digest, key, id.idType, id.canonicalId);
  };
}
