import { EngineError } from '../../core/errors.ts';
import { redactSecrets, redactUrlCredentials } from './redact-secrets.ts';

export interface SerializedError {
  readonly type: string;
  readonly message: string;
  readonly code?: string;
  readonly retryable?: boolean;
  readonly context?: unknown;
  readonly stack?: string;
  readonly cause?: SerializedError;
}

const maxCauses = 5;

/**
 * What a log entry shows of an error. Only named fields are taken: client libraries hang commands with their arguments
 * on their errors, which would put payloads into the log.
 */
export function serializeError(error: unknown, depth = 0): SerializedError {
  if (!(error instanceof Error)) return { type: typeof error, message: redactUrlCredentials(String(error)) };
  const code: unknown = 'code' in error ? error.code : undefined;
  return {
    type: error.name,
    message: redactUrlCredentials(error.message),
    ...(typeof code === 'string' ? { code } : {}),
    ...(error instanceof EngineError ? { retryable: error.retryable, context: redactSecrets(error.context) } : {}),
    ...(error.stack === undefined ? {} : { stack: redactUrlCredentials(error.stack) }),
    ...(error.cause === undefined || depth >= maxCauses ? {} : { cause: serializeError(error.cause, depth + 1) }),
  };
}
