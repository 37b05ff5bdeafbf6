import { webhookSecret } from '../platform/crypto/derived-secrets.ts';
import type { Installation, WriteKey } from '../platform/runtime/installation.ts';
import { createKeyring } from './auth/keyring.ts';
import type { Keyring } from './auth/keyring.ts';
import type { SendingKey } from './auth/sending-key.ts';
import { buildTenants } from './build-tenants.ts';

/** Who may send: each key with its tenant, source and usual channel. */
export function buildSenders(installation: Installation, byId = buildTenants(installation)): Keyring {
  return createKeyring(
    installation.tenants.flatMap((each) => {
      const tenant = byId.get(each.id)!;
      return each.writeKeys.map((entry): SendingKey => {
        const { id, hash, source, channel, rateLimit, oauthPublicKey, purpose } = entry;
        return {
          id,
          sender: { tenant, source, channel, purpose },
          digest: hash === null ? null : Buffer.from(hash, 'hex'),
          endsAt: endOf(entry),
          rateLimit,
          oauthPublicKey,
          webhookSecret: webhookSecret(installation.installationKey, id),
        };
      });
    }),
  );
}

/** A revoked key has ended whatever the clock says. */
function endOf({ expiresAt, revokedAt }: WriteKey): number | null {
  if (revokedAt !== null) return 0;
  return expiresAt === null ? null : Date.parse(expiresAt);
}
