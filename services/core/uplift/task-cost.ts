import type { RetentionTask } from '../tasks/retention-task.ts';
import type { MinorUnits } from '../units.ts';

/**
 * What acting on a task cost: its offer, once it was sent or a person took it up; whoever merely saw it costs nothing. A
 * claim that lapsed without an answer leaves nothing behind.
 */
export function costOfTask({ arm, offer, contacts, status, respondedAt, resolvedAt }: RetentionTask): MinorUnits {
  if (arm === 'holdout' || offer === null) return 0;
  const isTakenUp = status === 'claimed' || status === 'responded' || status === 'resolved';
  return contacts.length > 0 || isTakenUp || respondedAt !== null || resolvedAt !== null ? offer.costMinor : 0;
}
