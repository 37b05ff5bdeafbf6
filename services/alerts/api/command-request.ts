import type { FastifyRequest } from 'fastify';
import { EngineError } from '../../core/errors.ts';
import type { CommandBody } from './command-bodies.ts';

const longestKey = 200;

/** The caller's Idempotency-Key; null where there is none. @throws ERR_USAGE for one that cannot be used */
export function idempotencyKeyOf({ headers }: Pick<FastifyRequest, 'headers'>): string | null {
  const key = headers['idempotency-key'];
  if (key === undefined) return null;
  if (typeof key === 'string' && key !== '' && key.length <= longestKey) return key;
  const message = `Idempotency-Key must be given once, with 1 to ${longestKey} characters.`;
  throw new EngineError('ERR_USAGE', message, { retryable: false });
}

/** Whom the body names, or else the token. */
export function actorOf({ tokenName }: Pick<FastifyRequest, 'tokenName'>, { actor }: CommandBody): string {
  return actor ?? (tokenName === '' ? 'api' : tokenName);
}
