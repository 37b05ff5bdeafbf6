import { setTimeout as pause } from 'node:timers/promises';

export interface EventuallyOptions {
  readonly timeoutMs?: number;
  readonly intervalMs?: number;
}

/**
 * Repeats `attempt` until it neither throws nor rejects, and returns its value. When the time is up, the last failure
 * is thrown as the cause, so that the report shows what was still missing.
 */
export async function eventually<T>(attempt: () => T | Promise<T>, options: EventuallyOptions = {}): Promise<T> {
  const { timeoutMs = 60_000, intervalMs = 50 } = options;
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (performance.now() >= deadline) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new Error(`Still failing after ${timeoutMs} ms: ${reason}`, { cause: error });
      }
    }
    await pause(intervalMs);
  }
}
