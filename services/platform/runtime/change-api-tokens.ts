import { EngineError } from '../../core/errors.ts';
import type { ApiRole } from '../../core/api-role.ts';
import { findTenant } from './find-tenant.ts';
import type { ApiTokenEntry, InstallationFile, TenantEntry } from './installation-file.ts';
import { mintApiToken } from './mint-api-token.ts';
import type { MintedApiToken } from './mint-api-token.ts';
import type { Updated } from './update-installation.ts';

export interface NewApiToken extends MintedApiToken {
  readonly tenant: string;
}

/**
 * Adds a token.
 * @param tenant may be undefined where there is only one
 */
export function addApiToken(
  file: InstallationFile,
  tenant: string | undefined,
  roles: readonly ApiRole[] = [],
): Updated<NewApiToken> {
  const found = findTenant(file, tenant);
  const minted = mintApiToken(roles);
  return { file: withTokens(file, found, [...found.tokens, minted.entry]), result: { tenant: found.id, ...minted } };
}

/** Gives a token roles besides those it has. */
export function grantApiRoles(file: InstallationFile, id: string, roles: readonly ApiRole[]): Updated<ApiTokenEntry> {
  return changeToken(file, id, (entry) => ({ ...entry, roles: [...new Set([...(entry.roles ?? []), ...roles])] }));
}

/** Ends a token. One that is revoked already stays as it is. */
export function revokeApiToken(file: InstallationFile, id: string): Updated<ApiTokenEntry> {
  return changeToken(file, id, (entry) => ({ ...entry, revokedAt: entry.revokedAt ?? new Date().toISOString() }));
}

function changeToken(
  file: InstallationFile,
  id: string,
  change: (entry: ApiTokenEntry) => ApiTokenEntry,
): Updated<ApiTokenEntry> {
  for (const tenant of file.tenants) {
    const entry = tenant.tokens.find((each) => each.id === id);
    if (entry === undefined) continue;
    const changed = change(entry);
    const tokens = tenant.tokens.map((each) => (each.id === id ? changed : each));
    return { file: withTokens(file, tenant, tokens), result: changed };
  }
  const message = `there is no API token with the id "${id}"; "tidewatch token list" shows them`;
  throw new EngineError('ERR_USAGE', message, { retryable: false });
}

function withTokens(file: InstallationFile, { id }: TenantEntry, tokens: ApiTokenEntry[]): InstallationFile {
  return { ...file, tenants: file.tenants.map((each) => (each.id === id ? { ...each, tokens } : each)) };
}
