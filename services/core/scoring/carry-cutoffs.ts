import type { ActivationContent } from '../events/customer-record.ts';
import type { Digest } from '../ports/digest.ts';
import { identifyActivation } from './activation.ts';

/**
 * The activation that is wanted, with the cut-offs of segments that are in force where it brings none of its own: a new
 * model, or a service that starts, must not take away what somebody has put in force.
 * @param inForce null where nothing is
 */
export function carryCutoffs(
  wanted: ActivationContent,
  inForce: ActivationContent | null,
  digest: Digest,
): ActivationContent {
  if (inForce === null || wanted.tierCutoffs.length > 0 || inForce.tierCutoffs.length === 0) return wanted;
  return identifyActivation({ ...wanted, tierCutoffs: inForce.tierCutoffs }, digest);
}
