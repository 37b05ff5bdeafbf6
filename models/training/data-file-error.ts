import { EngineError } from '../../services/core/errors.ts';

/** The fault of a data file that cannot be used; `what` says why and what to do. */
export function dataFileError(what: string, cause?: unknown): EngineError {
  return new EngineError('ERR_DATA_FILE', what, { retryable: false, cause });
}
