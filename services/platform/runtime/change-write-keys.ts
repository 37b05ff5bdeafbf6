import { EngineError } from '../../core/errors.ts';
import type { DurationMs } from '../../core/units.ts';
import type { InstallationFile, TenantEntry, WriteKeyEntry } from './installation-file.ts';
import { requirePurpose } from './declare-purpose.ts';
import { findTenant } from './find-tenant.ts';
import { mintWriteKey } from './mint-write-key.ts';
import type { MintedWriteKey, WriteKeyChoice } from './mint-write-key.ts';
import type { Updated } from './update-installation.ts';

export interface NewWriteKey {
  readonly tenant: string;
  readonly entry: WriteKeyEntry;
  /** In clear, for the only time; null for an OAuth client. */
  readonly key: string | null;
}

/**
 * Adds a key. ERR_USAGE where neither the choice nor another key of its source has a purpose.
 * @param tenant may be undefined where there is only one
 */
export function addWriteKey(
  file: InstallationFile,
  tenant: string | undefined,
  choice: WriteKeyChoice,
): Updated<NewWriteKey> {
  const found = findTenant(file, tenant);
  const { source, purpose = null, legalBasis = null } = choice;
  const minted = mintWriteKey({ ...choice, ...requirePurpose(found, source, { purpose, legalBasis }) });
  const changed = { ...found, writeKeys: [...found.writeKeys, minted.entry as WriteKeyEntry] };
  return { file: withTenant(file, changed), result: toNew(found.id, minted) };
}

/** A new key for the source of an old one, which goes on being valid for `overlapMs`. */
export function rotateWriteKey(
  file: InstallationFile,
  id: string,
  overlapMs: DurationMs,
  oauthPublicKey?: string,
): Updated<NewWriteKey & { readonly replaced: WriteKeyEntry }> {
  const { tenant, entry } = findKey(file, id);
  const now = Date.now();
  if (entry.revokedAt !== null || (entry.expiresAt !== null && Date.parse(entry.expiresAt) <= now)) {
    throw usage(`the write key ${id} is not valid any more; make a new one with "tidewatch key create"`);
  }
  if ((entry.oauthPublicKey !== null) !== (oauthPublicKey !== undefined)) {
    throw usage(`--oauth-public-key goes with the rotation of OAuth clients, and only with them`);
  }
  const { source, channel, rateLimit, purpose, legalBasis } = entry;
  const choice = { source, channel, rateLimit, purpose, legalBasis, oauthPublicKey: oauthPublicKey ?? null };
  const minted = mintWriteKey(choice);
  const end = Math.min(now + overlapMs, entry.expiresAt === null ? Infinity : Date.parse(entry.expiresAt));
  const replaced = { ...entry, expiresAt: new Date(end).toISOString() };
  const writeKeys = tenant.writeKeys.map((each) => (each.id === id ? replaced : each));
  const changed = { ...tenant, writeKeys: [...writeKeys, minted.entry as WriteKeyEntry] };
  return { file: withTenant(file, changed), result: { ...toNew(tenant.id, minted), replaced } };
}

/** Ends a key at once. One that is revoked already stays as it is. */
export function revokeWriteKey(file: InstallationFile, id: string): Updated<WriteKeyEntry> {
  const { tenant, entry } = findKey(file, id);
  const revoked = { ...entry, revokedAt: entry.revokedAt ?? new Date().toISOString() };
  const writeKeys = tenant.writeKeys.map((each) => (each.id === id ? revoked : each));
  return { file: withTenant(file, { ...tenant, writeKeys }), result: revoked };
}

function toNew(tenant: string, { entry, key }: MintedWriteKey): NewWriteKey {
  return { tenant, entry: entry as WriteKeyEntry, key };
}

function withTenant(file: InstallationFile, tenant: TenantEntry): InstallationFile {
  return { ...file, tenants: file.tenants.map((each) => (each.id === tenant.id ? tenant : each)) };
}

function findKey({ tenants }: InstallationFile, id: string): { tenant: TenantEntry; entry: WriteKeyEntry } {
  for (const tenant of tenants) {
    const entry = tenant.writeKeys.find((each) => each.id === id);
    if (entry !== undefined) return { tenant, entry };
  }
  throw usage(`there is no write key with the id "${id}"; "tidewatch key list" shows them`);
}

function usage(message: string): EngineError {
  return new EngineError('ERR_USAGE', message, { retryable: false });
}
