import { EngineError } from '../../../services/core/errors.ts';
import type { StackMode } from '../stack.ts';
import type { StackProvider } from '../stack-provider.ts';

/** A mode that has its name already but is not served by this version. */
export function createUnservedStack(mode: StackMode): StackProvider {
  const reason = `The ${mode} stack is not available yet in this version; use --stack local or --stack external.`;
  return {
    mode,
    probe: () => Promise.resolve({ available: false, reason }),
    start: () => Promise.reject(new EngineError('ERR_STACK_PREREQUISITE', reason, { retryable: false })),
  };
}
