import type { RateLimiter } from '../../core/ports/rate-limiter.ts';
import type { DurationMs } from '../../core/units.ts';
import type { SendingKey } from './sending-key.ts';

export interface SenderLimits {
  readonly limiter: RateLimiter;
  /** Events per second of keys without a limit of their own; null for none. */
  readonly defaultRate: number | null;
  /** Told when a limit could not be asked for. */
  readonly unchecked: (error: unknown) => void;
}

/** Takes the events of a request from its sender's limit; the result is how long to wait, 0 to go on. */
export type LimitSender = (key: SendingKey, events: number) => Promise<DurationMs>;

const burstSeconds = 10;

/**
 * A limit that cannot be asked for holds nobody up: without Redis nothing is accepted anyway, and an answer of "send
 * again" would hide the cause.
 */
export function createSenderLimit({ limiter, defaultRate, unchecked }: SenderLimits): LimitSender {
  return async (key, events) => {
    const rate = key.rateLimit ?? defaultRate;
    if (rate === null || events === 0) return 0;
    const limit = { key: key.id, unitsPerSecond: rate, burst: rate * burstSeconds };
    try {
      return await limiter.take(limit, events);
    } catch (error) {
      unchecked(error);
      return 0;
    }
  };
}
