import { EngineError } from '../../core/errors.ts';
import { describeTlsFault } from '../runtime/describe-tls-fault.ts';

const unauthorized = 401;
const forbidden = 403;
const notFound = 404;
const refused: ReadonlySet<number> = new Set([409, 422]);

/** Whether the registry answered that it does not know what was asked for. */
export function isNotFound(error: unknown): boolean {
  return statusOf(error) === notFound;
}

/**
 * Translates what the registry client threw; total. A registry that answers anything but a verdict on the schema counts
 * as unavailable: pausing is better than setting good records aside. (A failed connection comes with status 400.)
 */
export function toEngineError(error: unknown, what: string): EngineError {
  if (error instanceof EngineError) return error;
  const said = error instanceof Error ? error.message : String(error);
  const status = statusOf(error);
  if (status === unauthorized || status === forbidden) {
    // Repeated, since a right may be granted meanwhile, and no good record is set aside for the want of it.
    const { code, message, context } = statusFault(status, what);
    return new EngineError(code, message, { retryable: true, context, cause: error });
  }
  if (isVerdict(error, status)) {
    return new EngineError(
      'ERR_SCHEMA_INCOMPATIBLE',
      `The schema registry refused ${what}: ${said}. See schemas/README.md for how a schema may evolve.`,
      { retryable: false, context: { status }, cause: error },
    );
  }
  const untrusted = describeTlsFault(
    `${String(Reflect.get(Object(error), 'code'))} ${said}`,
    'SCHEMA_REGISTRY_CA_FILE',
  );
  const advice = untrusted ?? 'check that it runs and can be reached at SCHEMA_REGISTRY_URL';
  const message = `The schema registry failed at ${what}: ${said}. It is asked again; ${advice}.`;
  return new EngineError('ERR_REGISTRY_UNAVAILABLE', message, { retryable: true, context: { status }, cause: error });
}

/** An answer that is not the one hoped for: ERR_REGISTRY_DENIED for 401 and 403, else ERR_REGISTRY_UNAVAILABLE. */
export function statusFault(status: number, what: string): EngineError {
  const context = { status };
  if (status === unauthorized || status === forbidden) {
    const advice =
      status === unauthorized
        ? 'check SCHEMA_REGISTRY_USER and SCHEMA_REGISTRY_PASSWORD, or SCHEMA_REGISTRY_TOKEN'
        : 'grant the user reading and writing of the subjects <topic>-value and of their compatibility';
    const message = `The schema registry answered ${status} at ${what}; ${advice}.`;
    return new EngineError('ERR_REGISTRY_DENIED', message, { retryable: false, context });
  }
  const message = `The schema registry answered ${status} at ${what}; it is asked again. Check SCHEMA_REGISTRY_URL.`;
  return new EngineError('ERR_REGISTRY_UNAVAILABLE', message, { retryable: true, context });
}

function isVerdict(error: unknown, status: number | null): boolean {
  if (status !== null) return refused.has(status);
  return error instanceof Error && error.name.startsWith('ConfluentSchemaRegistry');
}

function statusOf(error: unknown): number | null {
  const status: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'status') : null;
  return typeof status === 'number' ? status : null;
}
