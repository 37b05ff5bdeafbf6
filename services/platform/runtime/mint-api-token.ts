import { hash, randomBytes } from 'node:crypto';
import type { ApiRole } from '../../core/api-role.ts';
import type { ApiTokenEntry } from './installation-file.ts';

export interface MintedApiToken {
  readonly entry: ApiTokenEntry;
  /** The token itself, which stands nowhere else. */
  readonly token: string;
}

const tokenBytes = 24;
const idBytes = 6;

/** A new API token of 192 random bits, and what the installation file keeps of it. */
export function mintApiToken(roles: readonly ApiRole[] = [], now = new Date()): MintedApiToken {
  const token = `at_${randomBytes(tokenBytes).toString('base64url')}`;
  const id = `token-${randomBytes(idBytes).toString('hex')}`;
  const entry = { id, hash: hash('sha256', token, 'hex'), createdAt: now.toISOString(), revokedAt: null };
  return { entry: roles.length === 0 ? entry : { ...entry, roles: [...roles] }, token };
}
