import { EngineError } from '../services/core/errors.ts';
import { exitCodeOf } from '../services/platform/runtime/exit-codes.ts';

const usageExit = 2;

/** What to print for an error, and how to end: 2 for a wrong call, 78 for the configuration, 1 for all else. */
export function describeFailure(error: unknown): { message: string; code: number } {
  if (!(error instanceof EngineError)) {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { message: `ERR_INTERNAL: an unexpected fault, please report it.\n${stack}`, code: 1 };
  }
  const code = error.code === 'ERR_USAGE' ? usageExit : exitCodeOf(error);
  return { message: `${error.code}: ${error.message}`, code };
}
