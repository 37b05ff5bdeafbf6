import { EngineError } from '../../core/errors.ts';
import type { DurationMs } from '../../core/units.ts';

/** Waits for `work` at most `limitMs`; rejects then with ERR_INTERNAL that names `what`. The work itself goes on. */
export async function withinTime<T>(limitMs: DurationMs, what: string, work: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    const message = `${what} took longer than ${limitMs} ms`;
    timer = setTimeout(() => reject(new EngineError('ERR_INTERNAL', message, { retryable: false })), limitMs);
  });
  try {
    return await Promise.race([work(), limit]);
  } finally {
    clearTimeout(timer);
  }
}
