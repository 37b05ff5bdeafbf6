import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventFactId } from '../../../../services/core/kpis/event-fact-id.ts';

const surrogate = '0123456789abcdef'.repeat(2);

describe('the id of the fact of an event', () => {
  it('is 19 digits of the customer and the 52 bits of the event in 13', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (number) => {
        const hash = number % 2 ** 52;
        expect(eventFactId(surrogate, hash)).toBe(surrogate.slice(0, 19) + hash.toString(16).padStart(13, '0'));
      }),
    );
  });

  it.each([0, 1, 0xffffff, 0x1000000, 2 ** 52 - 1])('has 32 digits for %d', (hash) => {
    expect(eventFactId(surrogate, hash)).toHaveLength(32);
  });
});
