import type { CustomerState, Mark } from './customer-state.ts';
import { advanceMarks, positionAgainst } from './marks.ts';
import { ownBlock } from './own-block.ts';

/**
 * Moves the mark of the customer's own block past a record, and counts it. A record of an epoch older than the marks was
 * applied before: an epoch begins only after every record of the one before it is done, so whoever brings one is a
 * process that does not know yet that its time is over.
 * @returns false, with nothing changed, when the record was applied before
 */
export function admitRecord(state: CustomerState, at: Mark): boolean {
  const block = ownBlock(state);
  if (positionAgainst(block.marks, at) !== 'above') return false;
  block.marks = advanceMarks(block.marks, at);
  state.version += 1;
  return true;
}
