import { hash, randomBytes } from 'node:crypto';
import type { WriteKeyEntry } from './installation-file.ts';

/** What is chosen of a new write key; the rest is random. */
export type WriteKeyChoice = Pick<WriteKeyEntry, 'source'> &
  Partial<Pick<WriteKeyEntry, 'rateLimit' | 'oauthPublicKey' | 'purpose' | 'legalBasis'>> & {
    readonly channel: string;
  };

export interface MintedWriteKey {
  readonly entry: Omit<WriteKeyEntry, 'channel'> & { readonly channel: string };
  /** The key itself, which stands nowhere else; null for an OAuth client, which has its own. */
  readonly key: string | null;
}

const keyBytes = 24;
const idBytes = 6;

/** A new key of 192 random bits, and what the installation file keeps of it. */
export function mintWriteKey(choice: WriteKeyChoice, now = new Date()): MintedWriteKey {
  const { source, channel, rateLimit = null, oauthPublicKey = null, purpose = null, legalBasis = null } = choice;
  const key = oauthPublicKey === null ? `wk_${randomBytes(keyBytes).toString('base64url')}` : null;
  const dates = { createdAt: now.toISOString(), expiresAt: null, revokedAt: null };
  const entry = {
    id: `key-${randomBytes(idBytes).toString('hex')}`,
    hash: key === null ? null : hash('sha256', key, 'hex'),
    source,
    channel,
    ...dates,
    rateLimit,
    oauthPublicKey,
    purpose,
    legalBasis,
  };
  return { entry, key };
}
