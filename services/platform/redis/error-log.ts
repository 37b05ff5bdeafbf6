import type { Logger } from '../telemetry/logger.ts';

/** Keeps the newest connection error, and logs each kind at most once in ten seconds. */
export interface ErrorLog {
  note(error: Error): void;
  last(): string | null;
}

const quietMs = 10_000;

/** @param now milliseconds of any monotonic clock */
export function createErrorLog(logger: Logger, now: () => number = () => performance.now()): ErrorLog {
  let last: string | null = null;
  let loggedAt = Number.NEGATIVE_INFINITY;
  let logged: string | null = null;
  let unlogged = 0;
  return {
    last: () => last,
    note(error) {
      last = error.message === '' ? String((error as NodeJS.ErrnoException).code ?? error.name) : error.message;
      if (last === logged && now() - loggedAt < quietMs) {
        unlogged += 1;
        return;
      }
      logger.warn({ reason: last, unlogged }, 'the connection to Redis failed; trying again');
      [logged, loggedAt, unlogged] = [last, now(), 0];
    },
  };
}
