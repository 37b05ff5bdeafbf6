import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readUtcStamp } from '../../../../services/core/events/read-utc-stamp.ts';
import { runs } from '../../../support/property-runs.ts';

const stamps = fc
  .tuple(fc.integer({ min: Date.UTC(100, 0, 1), max: Date.UTC(9999, 11, 31) }), fc.boolean())
  .map(([time, hasMillis]) => new Date(time).toISOString().replace(/\.\d+/, hasMillis ? '$&' : ''));

describe('readUtcStamp', () => {
  it('reads what Date.toISOString writes, but for the last days of months', () => {
    fc.assert(
      fc.property(stamps, (text) => {
        const isLate = Number(text.slice(8, 10)) > 28;
        expect(readUtcStamp(text)).toBe(isLate ? null : Date.parse(text));
      }),
      { numRuns: runs(2000) },
    );
  });

  it('reads nothing else: a text with a character changed is the instant it spells, or none', () => {
    const signs = fc.constantFrom(...'0123456789-:.TZ +z/٣', '');
    fc.assert(
      fc.property(stamps, fc.nat({ max: 24 }), signs, (text, at, sign) => {
        const changed = text.slice(0, at) + sign + text.slice(at + 1);
        const time = readUtcStamp(changed);
        if (time === null) return;
        const written = new Date(time).toISOString();
        expect([written, written.replace('.000Z', 'Z')]).toContain(changed);
      }),
      { numRuns: runs(5000) },
    );
  });

  it.each(['', 'Z', '2026-05-01', '2026-02-30T10:00:00Z', '2026-13-01T10:00:00Z', '2026-05-01T24:00:00Z',
    '2026-05-01T10:60:00Z', '2026-05-01T10:00:60Z', '0026-05-01T10:00:00Z', '2026-05-01T10:00:00.00Z'])('leaves %j to others', (text) => {
    expect(readUtcStamp(text)).toBeNull();
  }); // prettier-ignore
});
