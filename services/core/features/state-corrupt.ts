import { EngineError } from '../errors.ts';

/** The fault of a state that cannot be packed or unpacked. @param found what is wrong, in a few words */
export function stateCorrupt(found: string): EngineError {
  const message = `A packed customer state is unusable (${found}); rebuild this customer from the log.`;
  return new EngineError('ERR_STATE_CORRUPT', message, { retryable: false });
}
