import type { Digest } from '../ports/digest.ts';
import type { Surrogate } from '../units.ts';
import { canonicalId } from './canonical-id.ts';
import { surrogateId } from './surrogate-id.ts';

/** An id of the business that leads to a surrogate. */
export interface OwnId {
  readonly idType: 'user' | 'anonymous';
  readonly id: string;
}

/**
 * Which of the candidates is the id that a surrogate was made of; null for none. It is tried and not guessed, so what is
 * sent under the id reaches this very customer.
 */
export function findOwnId(
  candidates: readonly (string | null)[],
  surrogate: Surrogate,
  { digest, pseudonymKey }: { readonly digest: Digest; readonly pseudonymKey: Buffer },
): OwnId | null {
  for (const candidate of candidates) {
    const id = candidate === null ? null : canonicalId(candidate);
    if (id === null) continue;
    for (const idType of ['user', 'anonymous'] as const) {
      if (surrogateId(digest, pseudonymKey, idType, id) === surrogate) return { idType, id };
    }
  }
  return null;
}
