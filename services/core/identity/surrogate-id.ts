import type { Digest } from '../ports/digest.ts';
import type { Surrogate } from '../units.ts';

/**
 * The pseudonymous id of a customer: the first 128 bits of HMAC-SHA256(pseudonym key, idType + ":" + canonical id).
 * User 42 and anonymous 42 differ; without the tenant's key nobody can go from an id to its surrogate.
 * @param idType `user`, `anonymous` …; contains no colon
 */
export function surrogateId(digest: Digest, pseudonymKey: Buffer, idType: string, canonicalId: string): Surrogate {
  return digest.hmacHex(pseudonymKey, `${idType}:${canonicalId}`).slice(0, 32);
}
