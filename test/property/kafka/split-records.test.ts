import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitRecords } from '../../../services/platform/kafka/split-records.ts';
import { runs } from '../../support/property-runs.ts';

const sizes = fc.array(fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 900, max: 1_500 })));

describe('splitting records', () => {
  it('keeps every record and its place, within the limits, and never more parts than needed side by side', () => {
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 9 }), (records, maxRecords) => {
        const maxBytes = 1_000;
        const parts = splitRecords(records, (size) => size, { maxRecords, maxBytes });
        expect(parts.flat()).toEqual(records);
        parts.forEach((part, index) => {
          const bytes = part.reduce((sum, size) => sum + size, 0);
          expect(part.length).toBeGreaterThan(0);
          expect(part.length).toBeLessThanOrEqual(maxRecords);
          if (part.length > 1) expect(bytes).toBeLessThanOrEqual(maxBytes);
          const next = parts[index + 1]?.[0];
          if (next !== undefined) expect(part.length === maxRecords || bytes + next > maxBytes).toBe(true);
        });
      }),
      { numRuns: runs(200) },
    );
  });
});
