/** Whether the bearer of a tenant's token may see and settle a letter. */
export type LetterAccess = (tenant: string, letterTenant: string | null) => boolean;

/**
 * Everybody sees the letters of their own tenant. One that names no tenant of the installation may hold anybody's data:
 * it is shown only where there is but one tenant.
 */
export function createLetterAccess(tenants: () => Pick<ReadonlyMap<string, unknown>, 'has' | 'size'>): LetterAccess {
  return (tenant, letterTenant) => {
    if (letterTenant === tenant) return true;
    const known = tenants();
    return known.size === 1 && (letterTenant === null || !known.has(letterTenant));
  };
}
