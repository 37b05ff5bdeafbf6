import { EngineError } from '../services/core/errors.ts';

/** The fault of a wrong call; `what` names the option and what it takes. */
export function usageError(what: string, cause?: unknown): EngineError {
  return new EngineError('ERR_USAGE', what, { retryable: false, cause });
}
