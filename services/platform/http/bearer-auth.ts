import { hash, timingSafeEqual } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { EngineError } from '../../core/errors.ts';
import type { ApiRole } from '../../core/api-role.ts';
import type { BearerToken } from '../runtime/bearer-token.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Tenant whose token the request carries; empty where no token is asked for. */
    tenant: string;
    /** What the installation calls the token; empty where it has no name, or none is asked for. */
    tokenName: string;
    /** What the token may see beyond its like; null where no token is asked for. */
    tokenRoles: readonly ApiRole[] | null;
  }
}

/**
 * A hook that lets requests with `Authorization: Bearer <token>` pass and sets `request.tenant`, `request.tokenName` and `request.tokenRoles`; others get 401.
 * All tokens are compared each time, by their digests, so that the time taken says nothing about them.
 */
export function requireBearer(
  tokens: readonly BearerToken[],
): (request: FastifyRequest, reply: FastifyReply) => Promise<void> {
  const known = tokens.map(({ hash: hex, ...token }) => ({ digest: Buffer.from(hex, 'hex'), token }));
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const token = findToken(known, request.headers.authorization);
    if (token !== undefined) {
      request.tenant = token.tenant;
      request.tokenName = token.name ?? '';
      request.tokenRoles = token.roles ?? [];
      return;
    }
    reply.header('www-authenticate', 'Bearer');
    const message = 'this path needs "Authorization: Bearer <token>" with a token of the installation';
    throw new EngineError('ERR_UNAUTHORIZED', message, { retryable: false });
  };
}

type KnownToken = Omit<BearerToken, 'hash'>;

function findToken(known: readonly { digest: Buffer; token: KnownToken }[], header: string | undefined) {
  const sent = /^Bearer +(\S+) *$/i.exec(header ?? '')?.[1];
  if (sent === undefined) return undefined;
  const digest = hash('sha256', sent, 'buffer');
  let found: KnownToken | undefined;
  for (const entry of known) if (timingSafeEqual(entry.digest, digest)) found = entry.token;
  return found;
}
