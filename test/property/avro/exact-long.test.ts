import avro from 'avsc';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExactLongType } from '../../../services/platform/avro/exact-long-type.ts';
import { runs } from '../../support/property-runs.ts';

const exact = new ExactLongType();
const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });

/** Avro's variable-length encoding, by the letter of the specification. */
function zigZag(value: bigint): Buffer {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, (value << 1n) ^ (value >> 63n));
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  bytes.push(Number(rest));
  return Buffer.from(bytes);
}

describe('whole numbers in Avro', () => {
  it('are written as the specification says, and read back exactly', () => {
    fc.assert(
      fc.property(fc.oneof(fc.maxSafeInteger(), fc.integer(), fc.integer({ min: -200, max: 200 })), (value) => {
        const bytes = exact.toBuffer(value);
        expect(bytes).toEqual(zigZag(BigInt(value)));
        expect(exact.fromBuffer(bytes)).toBe(value === 0 ? 0 : value);
      }),
      { numRuns: runs(2_000) },
    );
  });

  it('are an error beyond 2^53, never another number', () => {
    fc.assert(
      fc.property(int64, (value) => {
        const bytes = zigZag(value);
        if (Number.isSafeInteger(Number(value))) expect(exact.fromBuffer(bytes)).toBe(Number(value));
        else expect(() => void exact.fromBuffer(bytes)).toThrowError('beyond 2^53');
      }),
      { numRuns: runs(2_000) },
    );
  });

  it('agree with avsc where avsc is exact', () => {
    const plain = avro.Type.forSchema('long');
    fc.assert(
      fc.property(fc.integer({ min: -(2 ** 52), max: 2 ** 53 - 2 }), (value) => {
        expect(exact.toBuffer(value)).toEqual(plain.toBuffer(value));
        expect(exact.fromBuffer(plain.toBuffer(value))).toBe(value);
      }),
      { numRuns: runs(500) },
    );
  });

  it.each([0.5, NaN, Infinity, '7', null, 2 ** 53])('do not take %s', (value) => {
    expect(exact.isValid(value)).toBe(false);
    expect(() => exact.toBuffer(value)).toThrowError();
  });
});
