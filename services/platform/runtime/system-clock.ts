import { setTimeout as sleepFor } from 'node:timers/promises';
import type { Clock } from '../../core/ports/clock.ts';

/** The clock of the machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (durationMs) => sleepFor(durationMs),
};
