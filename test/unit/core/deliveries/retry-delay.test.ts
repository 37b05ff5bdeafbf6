import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { retryDelay } from '../../../../services/core/deliveries/retry-delay.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

describe('the wait after a failed attempt', () => {
  it('grows as Standard Webhooks suggests, and ends', () => {
    const waits = Array.from({ length: 8 }, (_, i) => retryDelay(i + 1, 0.5, null));
    expect(waits).toEqual([5 * second, 30 * second, 2 * minute, 10 * minute, hour, 6 * hour, 24 * hour, null]);
  });

  it('is spread by a fifth, never shorter than what the receiver asks for, and never beyond a day for that', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 7 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.option(fc.integer({ min: 0, max: 400 * hour })),
        (failures, random, asked) => {
          const plain = retryDelay(failures, 0.5, null)!;
          const delay = retryDelay(failures, random, asked)!;
          const least = Math.min(asked ?? 0, 24 * hour);
          expect(delay).toBeGreaterThanOrEqual(Math.max(least, Math.floor(plain * 0.8)));
          expect(delay).toBeLessThanOrEqual(Math.max(least, Math.ceil(plain * 1.2)));
        },
      ),
    );
  });
});
