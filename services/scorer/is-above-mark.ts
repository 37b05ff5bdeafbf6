import type { CustomerState, Mark } from '../core/features/customer-state.ts';
import { findMark } from '../core/features/marks.ts';
import { ownBlock } from '../core/features/own-block.ts';

/** Whether a record comes after all that was applied to the customer from its partition. */
export function isAboveMark(state: CustomerState, at: Mark): boolean {
  const mark = findMark(ownBlock(state).marks, at.epoch, at.partition);
  return mark === null || at.offset > mark.offset;
}
