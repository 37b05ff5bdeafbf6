import type { Digest } from '../ports/digest.ts';
import type { Surrogate } from '../units.ts';

/** `holdout` customers get a ghost task: recorded and counted like any other, shown to nobody. */
export type Arm = 'treated' | 'holdout';

export interface ArmIdentity {
  readonly tenant: string;
  readonly playbook: string;
  readonly surrogate: Surrogate;
}

/** 2^52: thirteen hex digits are exact in a double. */
const steps = 0x10_0000_0000_0000;

/**
 * The arm of a customer under a playbook: by hash, so it never flips, no process needs to remember it, and it does not
 * depend on the arm under another playbook. `holdoutShare` is from 0 to 1; raising it moves customers into the holdout
 * only, never out of it.
 */
export function assignArm(digest: Digest, { tenant, playbook, surrogate }: ArmIdentity, holdoutShare: number): Arm {
  const place = Number.parseInt(
    digest.sha256Hex(JSON.stringify(['arm', tenant, playbook, surrogate])).slice(0, 13),
    16,
  );
  return place / steps < holdoutShare ? 'holdout' : 'treated';
}
