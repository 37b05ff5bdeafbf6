import { EngineError } from '../../services/core/errors.ts';

/** The fault of a file that cannot be imported; `what` names it and says what to do. */
export function importFault(what: string, cause?: unknown): EngineError {
  return new EngineError('ERR_DATA_FILE', what, { retryable: false, cause });
}
