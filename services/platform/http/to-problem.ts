import { STATUS_CODES } from 'node:http';
import { EngineError, errorRegistry } from '../../core/errors.ts';
import type { ErrorCode } from '../../core/errors.ts';
import { errorStatus } from './error-status.ts';
import type { Problem } from './problem.ts';

const fastifyCodes: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'ERR_BODY_TOO_LARGE',
  FST_ERR_CTP_INVALID_JSON_BODY: 'ERR_JSON_INVALID',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'ERR_JSON_INVALID',
  FST_ERR_VALIDATION: 'ERR_USAGE',
};

/** The problem body of anything a handler or Fastify throws. Nothing of an unexpected fault is shown. */
export function toProblem(error: unknown): Problem {
  if (error instanceof EngineError) {
    const status = errorStatus(error.code);
    return status === 500 ? internalProblem : engineProblem(error.code, error.message);
  }
  if (!(error instanceof Error)) return internalProblem;
  const fastifyCode = 'code' in error && typeof error.code === 'string' ? fastifyCodes[error.code] : undefined;
  if (fastifyCode !== undefined) return engineProblem(fastifyCode, error.message);
  const status = 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500;
  return status >= 400 && status < 500 ? plainProblem(status, error.message) : internalProblem;
}

/** A problem that its HTTP status names in full. */
export function plainProblem(status: number, detail: string): Problem {
  return { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, detail };
}

/** The problem of an engine error code; the title is the registry's sentence. */
export function engineProblem(code: ErrorCode, detail: string): Problem {
  return { type: `urn:tidewatch:error:${code}`, title: errorRegistry[code], status: errorStatus(code), detail, code };
}

const internalProblem: Problem = engineProblem(
  'ERR_INTERNAL',
  'The request could not be served. The log of this service holds the cause under the request id.',
);
