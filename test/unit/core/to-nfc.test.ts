import fc from 'fast-check';
import { expect, it } from 'vitest';
import { toNfc } from '../../../services/core/to-nfc.ts';
import { runs } from '../../support/property-runs.ts';

it('normalises as the runtime does', () => {
  const marks = fc.constantFrom(
    'e',
    '\u0301',
    '\u0323',
    'é',
    '\u02ff',
    '\u0300',
    '\u1100',
    '\u1161',
    '\u212b',
    '\ud800',
  );
  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(marks).map((signs) => signs.join('')),
  );
  fc.assert(
    fc.property(texts, (text) => {
      expect(toNfc(text)).toBe(text.normalize('NFC'));
    }),
    { numRuns: runs(2000) },
  );
});

it('knows of every character that stands for itself alone', () => {
  for (let code = 0; code < 0x300; code++) {
    const sign = String.fromCharCode(code);
    expect(sign.normalize('NFC')).toBe(sign);
    expect(toNfc(`${sign}\u0301`)).toBe(`${sign}\u0301`.normalize('NFC'));
  }
});
