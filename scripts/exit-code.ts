import { EngineError } from '../services/core/errors.ts';
import { exitCodeOf as serviceExitCodeOf } from '../services/platform/runtime/exit-codes.ts';

/** As a service's, and besides 2 for a wrong call and 78 for what the machine lacks. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof EngineError && error.code === 'ERR_USAGE') return 2;
  if (error instanceof EngineError && error.code === 'ERR_STACK_PREREQUISITE') return 78;
  return serviceExitCodeOf(error);
}
