import type { Digest } from '../ports/digest.ts';
import type { Surrogate } from '../units.ts';

export interface TaskIdentity {
  readonly tenant: string;
  readonly surrogate: Surrogate;
  readonly trigger: string;
  /** Counts the episodes of this customer and trigger, beginning with 1. */
  readonly episode: number;
}

/**
 * Id of the task of one episode: the same for every process and every redelivery, so opening it twice is opening it
 * once. First 32 hex digits of SHA-256 over the four parts (as a JSON array, so that no two lists of parts run together).
 */
export function taskId(digest: Digest, identity: TaskIdentity): string {
  const parts = [identity.tenant, identity.surrogate, identity.trigger, identity.episode];
  return digest.sha256Hex(JSON.stringify(parts)).slice(0, 32);
}
