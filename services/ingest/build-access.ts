import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../core/ports/clock.ts';
import { createAccessTokens } from '../platform/crypto/access-tokens.ts';
import { readClientAssertion } from '../platform/crypto/client-assertion.ts';
import { accessTokenKey } from '../platform/crypto/derived-secrets.ts';
import { fitsWebhookSignature } from '../platform/crypto/webhook-signature.ts';
import { requireBearer } from '../platform/http/bearer-auth.ts';
import { bearerTokens } from '../platform/runtime/bearer-tokens.ts';
import { readAndFollow } from '../platform/runtime/follow-installation.ts';
import type { Installation } from '../platform/runtime/installation.ts';
import { createAuthenticator } from './auth/authenticator.ts';
import type { Authenticator } from './auth/authenticator.ts';
import type { TokenRouteDeps } from './auth/token-route.ts';
import { buildSenders } from './build-senders.ts';
import { buildTenants } from './build-tenants.ts';
import type { IngestTenant } from './ingest-tenant.ts';
import type { IngestTelemetry } from './ingest-telemetry.ts';

/** Who may send, by an installation file that may change at any time. */
export interface Access {
  /** As it was read at the start. */
  readonly installation: Installation;
  /** Those of the file in force now. */
  readonly tenants: () => ReadonlyMap<string, IngestTenant>;
  readonly authenticator: Authenticator;
  readonly tokens: Omit<TokenRouteDeps, 'audiences' | 'used'>;
  /** Lets requests with an API token pass and says of which tenant it is. */
  readonly requireToken: (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
  /** No longer looks at the file. */
  stop(): Promise<void>;
}

/** ERR_INSTALLATION_MISSING when the file cannot be read now; later the last good one stays in force. */
export async function buildAccess(path: string, telemetry: IngestTelemetry, clock: Clock): Promise<Access> {
  const { installation, follow } = await readAndFollow(path);
  let force = inForce(installation);
  const stop = follow({
    onChange(changed) {
      force = inForce(changed);
      telemetry.installationRead(null);
    },
    onFault: (error) => telemetry.installationRead(error),
  });
  const keyring = () => force.keyring;
  const now = () => clock.now();
  return {
    installation,
    tenants: () => force.tenants,
    authenticator: createAuthenticator({
      keyring,
      now,
      readAccessToken: (token) => force.tokens.read(token),
      fitsSignature: fitsWebhookSignature,
    }),
    tokens: {
      keyring,
      now,
      readAssertion: readClientAssertion,
      issueAccessToken: (keyId, seconds) => force.tokens.issue(keyId, seconds),
    },
    requireToken: (request, reply) => force.requireToken(request, reply),
    stop,
  };
}

function inForce(installation: Installation) {
  const tenants = buildTenants(installation);
  const tokens = createAccessTokens(accessTokenKey(installation.installationKey));
  const keyring = buildSenders(installation, tenants);
  return { tenants, keyring, tokens, requireToken: requireBearer(bearerTokens(installation)) };
}
