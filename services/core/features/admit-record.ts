import { EngineError } from '../errors.ts';
import type { CustomerState, Mark } from './customer-state.ts';
import { advanceMarks, positionAgainst } from './marks.ts';
import { ownBlock } from './own-block.ts';

/**
 * Moves the mark of the customer's own block past a record, and counts it. A record of an epoch older than the marks is
 * a fault (ERR_STATE_CONFLICT): the log it comes from has been replaced.
 * @returns false, with nothing changed, when the record was applied before
 */
export function admitRecord(state: CustomerState, at: Mark): boolean {
  const block = ownBlock(state);
  const position = positionAgainst(block.marks, at);
  if (position === 'older-epoch') throw olderEpoch(at);
  if (position === 'applied') return false;
  block.marks = advanceMarks(block.marks, at);
  state.version += 1;
  return true;
}

function olderEpoch(at: Mark): EngineError {
  const message =
    'A record belongs to an older epoch of the events topic than the stored state of its customer; ' +
    'point this process at the current topic, or rebuild the states under another key prefix.';
  return new EngineError('ERR_STATE_CONFLICT', message, { retryable: false, context: { ...at } });
}
