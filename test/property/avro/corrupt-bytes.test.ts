import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EngineError } from '../../../services/core/errors.ts';
import { createBodyCodec } from '../../../services/platform/memory/memory-codec.ts';
import { avroSamples } from '../../support/avro-samples.ts';
import { runs } from '../../support/property-runs.ts';

describe('decoding corrupt bytes', () => {
  it('ends soon, with a value or the fault of that record alone, whatever the bytes are', async () => {
    const codec = createBodyCodec<unknown>('customer-event');
    const [plain, full] = avroSamples['customer-event'].map((sample) => codec.encode(sample));
    const change = fc.record({ at: fc.nat(full.length - 6), byte: fc.nat(255), cut: fc.option(fc.nat(full.length)) });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        let corrupt = Buffer.from(full);
        for (const { at, byte, cut } of changes) {
          if (at + 5 < corrupt.length) corrupt[at + 5] = byte;
          if (cut !== null) corrupt = corrupt.subarray(0, Math.max(5, cut));
        }
        const startedAt = performance.now();
        const decoded = await codec.decode([plain, corrupt, plain]);
        expect(performance.now() - startedAt).toBeLessThan(5_000);
        expect([decoded[0], decoded[2]]).toEqual([avroSamples['customer-event'][0], avroSamples['customer-event'][0]]);
        if (decoded[1] instanceof EngineError) expect(decoded[1].code).toBe('ERR_RECORD_DECODE');
      }),
      { numRuns: runs(2_000) },
    );
  });
});
