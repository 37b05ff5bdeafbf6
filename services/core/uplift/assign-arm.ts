import type { Digest } from '../ports/digest.ts';
import { shareOfHash } from '../share-of-hash.ts';
import type { Surrogate } from '../units.ts';

/** `holdout` customers get a ghost task: recorded and counted like any other, shown to nobody. */
export type Arm = 'treated' | 'holdout';

export interface ArmIdentity {
  readonly tenant: string;
  readonly playbook: string;
  readonly surrogate: Surrogate;
}

/**
 * The arm of a customer under a playbook: by hash, so it never flips, no process needs to remember it, and it does not
 * depend on the arm under another playbook. `holdoutShare` is from 0 to 1; raising it moves customers into the holdout
 * only, never out of it.
 */
export function assignArm(digest: Digest, { tenant, playbook, surrogate }: ArmIdentity, holdoutShare: number): Arm {
  const share = shareOfHash(digest, ['arm', tenant, playbook, surrogate]);
  return share < holdoutShare ? 'holdout' : 'treated';
}
