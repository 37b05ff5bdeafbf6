import { hash, timingSafeEqual } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { EngineError } from '../../core/errors.ts';
import type { BearerToken } from '../runtime/bearer-token.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Tenant whose token the request carries; empty where no token is asked for. */
    tenant: string;
  }
}

/**
 * A hook that lets requests with `Authorization: Bearer <token>` pass and sets `request.tenant`; others get 401.
 * All tokens are compared each time, by their digests, so that the time taken says nothing about them.
 */
export function requireBearer(
  tokens: readonly BearerToken[],
): (request: FastifyRequest, reply: FastifyReply) => Promise<void> {
  const known = tokens.map(({ hash: hex, tenant }) => ({ digest: Buffer.from(hex, 'hex'), tenant }));
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const tenant = tenantOf(known, request.headers.authorization);
    if (tenant !== undefined) {
      request.tenant = tenant;
      return;
    }
    reply.header('www-authenticate', 'Bearer');
    const message = 'this path needs "Authorization: Bearer <token>" with a token of the installation';
    throw new EngineError('ERR_UNAUTHORIZED', message, { retryable: false });
  };
}

function tenantOf(known: readonly { digest: Buffer; tenant: string }[], header: string | undefined) {
  const token = /^Bearer +(\S+) *$/i.exec(header ?? '')?.[1];
  if (token === undefined) return undefined;
  const digest = hash('sha256', token, 'buffer');
  let found: string | undefined;
  for (const entry of known) if (timingSafeEqual(entry.digest, digest)) found = entry.tenant;
  return found;
}
