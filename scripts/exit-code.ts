import { EngineError } from '../services/core/errors.ts';

/** 78 for what the person has to set up or configure, 2 for a wrong call, 1 for every other fault. */
export function exitCodeOf(error: unknown): number {
  if (!(error instanceof EngineError)) return 1;
  if (error.code === 'ERR_USAGE') return 2;
  return ['ERR_CONFIG_INVALID', 'ERR_STACK_PREREQUISITE', 'ERR_INSTALLATION_MISSING'].includes(error.code) ? 78 : 1;
}
