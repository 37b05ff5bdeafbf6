import { setTimeout as pause } from 'node:timers/promises';
import { EngineError } from '../../../services/core/errors.ts';

export interface AwaitReadyOptions {
  /** What is waited for, with its address: `Kafka at 127.0.0.1:9092`. */
  readonly what: string;
  readonly timeoutMs: number;
  readonly intervalMs?: number;
  /** Ends the wait early, with the reason, when the process can never become ready any more. */
  readonly giveUp?: () => string | null;
}

/** Repeats a real request until it is answered. */
export async function awaitReady(ask: () => Promise<void>, options: AwaitReadyOptions): Promise<void> {
  const { what, timeoutMs, intervalMs = 150, giveUp } = options;
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    let lastFault: unknown;
    try {
      await ask();
      return;
    } catch (error) {
      lastFault = error;
    }
    const lost = giveUp?.() ?? null;
    if (lost !== null) throw new EngineError('ERR_STACK_UNAVAILABLE', lost, { retryable: false, cause: lastFault });
    if (performance.now() >= deadline) {
      const seconds = Math.round(timeoutMs / 1000);
      const detail = lastFault instanceof Error ? lastFault.message : String(lastFault);
      const message = `${what} did not answer within ${seconds} s (${detail}). Check that it runs and can be reached.`;
      throw new EngineError('ERR_STACK_UNAVAILABLE', message, { retryable: true, cause: lastFault });
    }
    await pause(intervalMs);
  }
}
