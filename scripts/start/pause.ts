import { setTimeout as pauseFor } from 'node:timers/promises';

/** Waits, or returns at once when the signal is aborted. */
export async function pause(durationMs: number, signal?: AbortSignal): Promise<void> {
  await pauseFor(durationMs, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
}
