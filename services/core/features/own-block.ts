import { EngineError } from '../errors.ts';
import type { CustomerState, StateBlock } from './customer-state.ts';

/** The block that the customer's own records are folded into; every state has it. */
export function ownBlock(state: CustomerState): StateBlock {
  const own = state.blocks[0];
  if (own === undefined || own.constituent !== null) {
    const message = 'A customer state lacks its own block; rebuild this customer from the log.';
    throw new EngineError('ERR_STATE_CORRUPT', message, { retryable: false });
  }
  return own;
}
