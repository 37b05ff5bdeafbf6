import type { EpochMs } from '../../core/units.ts';
import type { Sender } from '../ingest-tenant.ts';

/** One write key or OAuth client of the installation, and whom it stands for. */
export interface SendingKey {
  readonly id: string;
  readonly sender: Sender;
  /** SHA-256 of the write key; null for an OAuth client. */
  readonly digest: Buffer | null;
  /** When it stops being valid, whatever the reason; null for never. */
  readonly endsAt: EpochMs | null;
  /** Events per second; null for the service's default. */
  readonly rateLimit: number | null;
  /** PEM; null for a write key. */
  readonly oauthPublicKey: string | null;
  /** Signs webhooks, `whsec_…`. */
  readonly webhookSecret: string;
}
