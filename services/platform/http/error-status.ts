import type { ErrorCode } from '../../core/errors.ts';

const statuses: Partial<Record<ErrorCode, number>> = {
  ERR_JSON_INVALID: 400,
  ERR_ENCODING_INVALID: 400,
  ERR_BODY_TOO_LARGE: 413,
  ERR_UNAUTHORIZED: 401,
  ERR_FORBIDDEN: 403,
  ERR_EVENT_INVALID: 400,
  ERR_EVENT_TOO_LARGE: 413,
  ERR_EVENT_TIME: 400,
  ERR_EVENT_AMOUNT: 400,
  ERR_CURRENCY_RATE_MISSING: 400,
  ERR_EVENT_CONFLICT: 409,
  ERR_STATE_CONFLICT: 409,
  ERR_COMMAND_REFUSED: 409,
  ERR_DELIVERY_STATE: 409,
  ERR_NOT_FOUND: 404,
  ERR_USAGE: 400,
  ERR_RATE_LIMITED: 429,
  ERR_OVERLOADED: 503,
  ERR_EVENT_PENDING: 503,
  ERR_LOG_UNAVAILABLE: 503,
  ERR_LOG_FENCED: 503,
  ERR_REGISTRY_UNAVAILABLE: 503,
  ERR_STORE_UNAVAILABLE: 503,
  ERR_STACK_UNAVAILABLE: 503,
  ERR_LOG_DENIED: 503,
  ERR_REGISTRY_DENIED: 503,
  ERR_STORE_DENIED: 503,
};

/** The HTTP status of an engine error; 500 for everything that is not the caller's doing and does not pass by itself. */
export function errorStatus(code: ErrorCode): number {
  return statuses[code] ?? 500;
}
