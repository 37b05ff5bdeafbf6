import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EngineError } from '../../../services/core/errors.ts';
import { decodeState } from '../../../services/core/features/decode-state.ts';
import { encodeState } from '../../../services/core/features/encode-state.ts';
import { stateFormatVersion } from '../../../services/core/features/state-format.ts';
import { customerState } from '../../support/arbitraries.ts';
import { encodeEarlierFormat } from '../../support/encode-earlier-format.ts';
import { runs } from '../../support/property-runs.ts';

/** The code of the fault that unpacking ends in, or null. Any fault that is no EngineError goes through. */
function faultOf(bytes: Buffer): string | null {
  try {
    decodeState(bytes, 1);
    return null;
  } catch (error) {
    if (error instanceof EngineError) return error.code;
    throw error;
  }
}

describe('a packed state', () => {
  it('unpacks to what was packed, and packs again to the same bytes', () => {
    fc.assert(
      fc.property(customerState, (state) => {
        const bytes = encodeState(state);
        const unpacked = decodeState(bytes, state.version);
        expect(unpacked).toEqual(state);
        expect(encodeState(unpacked)).toEqual(bytes);
      }),
      { numRuns: runs(200) },
    );
  });

  it('keeps no memory of the bytes it was unpacked from', () => {
    fc.assert(
      fc.property(customerState, (state) => {
        const bytes = encodeState(state);
        const unpacked = decodeState(bytes, state.version);
        bytes.fill(0xff);
        expect(unpacked).toEqual(state);
      }),
      { numRuns: runs(50) },
    );
  });

  it('is refused as corrupt when cut short anywhere or followed by a byte', () => {
    fc.assert(
      fc.property(customerState, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (state, share) => {
        const bytes = encodeState(state);
        expect(faultOf(bytes.subarray(0, Math.floor(bytes.length * share)))).toBe('ERR_STATE_CORRUPT');
        expect(faultOf(Buffer.concat([bytes, Buffer.from([0])]))).toBe('ERR_STATE_CORRUPT');
      }),
      { numRuns: runs(150) },
    );
  });

  it('with damaged bytes is either refused as corrupt or still one state, and never harms the reader', () => {
    const damage = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(customerState, damage, (state, changes) => {
        const bytes = encodeState(state);
        for (const [place, value] of changes) bytes[place % bytes.length] = value;
        expect([null, 'ERR_STATE_CORRUPT']).toContain(faultOf(bytes));
      }),
      { numRuns: runs(200) },
    );
  });

  it('is never read from random bytes without a fault or an answer', () => {
    fc.assert(
      fc.property(fc.constantFrom(1, 2, 3), fc.uint8Array({ maxLength: 200 }), (format, bytes) => {
        expect([null, 'ERR_STATE_CORRUPT']).toContain(faultOf(Buffer.from([format, ...bytes])));
      }),
      { numRuns: runs(200) },
    );
  });
});

describe('a state packed by a release with an earlier format', () => {
  it.each([1, 2] as const)(
    "is read, stored as today's by the next write, and says the same from then on: %i",
    (format) => {
      fc.assert(
        fc.property(customerState, (state) => {
          const upgraded = decodeState(encodeEarlierFormat(state, format), state.version);
          const stored = encodeState(upgraded);
          expect(stored[0]).toBe(stateFormatVersion);
          expect(decodeState(stored, state.version)).toEqual(upgraded);
          for (const { features } of state.blocks) {
            if (format === 1) features.revision = 1;
            Object.assign(features, { signalTiles: [], signalTotals: [], contractEnds: [] });
          }
          state.segments = null;
          expect(upgraded).toEqual(state);
        }),
        { numRuns: runs(100) },
      );
    },
  );
});
