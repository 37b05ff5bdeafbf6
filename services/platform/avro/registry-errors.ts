import { EngineError } from '../../core/errors.ts';

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
  if (isVerdict(error, status)) {
    return new EngineError(
      'ERR_SCHEMA_INCOMPATIBLE',
      `The schema registry refused ${what}: ${said}. See schemas/README.md for how a schema may evolve.`,
      { retryable: false, context: { status }, cause: error },
    );
  }
  return new EngineError(
    'ERR_REGISTRY_UNAVAILABLE',
    `The schema registry failed at ${what}: ${said}. It is asked again; check that it runs and can be reached.`,
    { retryable: true, context: { status }, cause: error },
  );
}

function isVerdict(error: unknown, status: number | null): boolean {
  if (status !== null) return refused.has(status);
  return error instanceof Error && error.name.startsWith('ConfluentSchemaRegistry');
}

function statusOf(error: unknown): number | null {
  const status: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'status') : null;
  return typeof status === 'number' ? status : null;
}
