import { EngineError } from '../../core/errors.ts';

/** The fault of a model directory whose parts do not fit together; `what` names the part. */
export function modelMismatch(dir: string, what: string, cause?: unknown): EngineError {
  return new EngineError(
    'ERR_MODEL_MISMATCH',
    `The model in ${dir} was refused: ${what}. Restore the directory from its release or train it again.`,
    { retryable: false, context: { dir }, cause },
  );
}
