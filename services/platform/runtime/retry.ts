import pRetry from 'p-retry';
import { EngineError } from '../../core/errors.ts';
import type { DurationMs } from '../../core/units.ts';

export interface RetryOptions {
  /** Attempts after the first; unbounded when absent (then `signal` or `maxTimeMs` ends it). */
  readonly retries?: number;
  readonly minDelayMs?: DurationMs;
  readonly maxDelayMs?: DurationMs;
  /** No attempt begins later than this after the first. */
  readonly maxTimeMs?: DurationMs;
  readonly onRetry?: (error: EngineError, attempt: number) => void;
  readonly signal?: AbortSignal;
}

const defaultMinDelayMs = 100;
const defaultMaxDelayMs = 5000;

/**
 * Repeats `work` while it fails with a retryable EngineError, with growing, randomised delays. Any other error, and the
 * last one when the bound is met, is thrown as it is. `work` must be safe to repeat.
 */
export function retryWhileRetryable<T>(work: (attempt: number) => Promise<T>, options: RetryOptions = {}): Promise<T> {
  return pRetry(work, {
    retries: options.retries ?? Number.POSITIVE_INFINITY,
    minTimeout: options.minDelayMs ?? defaultMinDelayMs,
    maxTimeout: options.maxDelayMs ?? defaultMaxDelayMs,
    maxRetryTime: options.maxTimeMs ?? Number.POSITIVE_INFINITY,
    randomize: true,
    signal: options.signal,
    shouldRetry: ({ error }) => error instanceof EngineError && error.retryable,
    onFailedAttempt: ({ error, attemptNumber }) => {
      if (error instanceof EngineError && error.retryable) options.onRetry?.(error, attemptNumber);
    },
  });
}
