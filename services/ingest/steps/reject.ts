import type { ErrorCode } from '../../core/errors.ts';
import type { DeadLetter } from '../../core/outcome.ts';

/**
 * The outcome of an event that can never be accepted.
 * @param detail what is wrong, where, and what to do; never a value the client sent
 */
export function reject(code: ErrorCode, detail: string): DeadLetter {
  return { outcome: 'dead-letter', code, detail };
}
