import { hash } from 'node:crypto';
import { createAuthenticator } from '../../services/ingest/auth/authenticator.ts';
import type { Keyring } from '../../services/ingest/auth/keyring.ts';
import type { SendingKey } from '../../services/ingest/auth/sending-key.ts';
import type { Sender } from '../../services/ingest/ingest-tenant.ts';
import type { IngestRoutesDeps } from '../../services/ingest/routes.ts';
import { fitsWebhookSignature } from '../../services/platform/crypto/webhook-signature.ts';

/** Signs webhooks of the keys made here. */
export const testWebhookSecret = `whsec_${Buffer.alloc(32, 5).toString('base64')}`;

/** A key as the installation would give it to ingest. */
export function aSendingKey(clear: string, sender: Sender, changes: Partial<SendingKey> = {}): SendingKey {
  const digest = hash('sha256', clear, 'buffer');
  const key = { id: `key-${clear}`, sender, digest, endsAt: null, rateLimit: null, oauthPublicKey: null };
  return { ...key, webhookSecret: testWebhookSecret, ...changes };
}

/** What routes need to know their senders: no limit, no access tokens, and a wait of three seconds. */
export function testAccess(keyring: Keyring): Pick<IngestRoutesDeps, 'authenticator' | 'limitSender' | 'backlog'> {
  return {
    authenticator: createAuthenticator({
      keyring: () => keyring,
      now: () => Date.now(),
      readAccessToken: () => Promise.resolve(null),
      fitsSignature: fitsWebhookSignature,
    }),
    limitSender: () => Promise.resolve(0),
    backlog: { finished: () => undefined, failed: () => undefined, retryAfterSeconds: () => 3 },
  };
}
