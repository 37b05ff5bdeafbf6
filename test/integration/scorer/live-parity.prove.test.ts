import { describe, it } from 'vitest';
import { runs } from '../../support/property-runs.ts';
import { expectLiveParity } from './live-parity.ts';

/** 300 in a normal run, 10,000 in `npm run prove`. */
const customers = Math.min(10_000, runs(300));

describe('the feature vectors of a live scorer', () => {
  it('equal the vectors folded offline to the bit, for customers with every type of event', async () => {
    await expectLiveParity(customers, Number(process.env['TEST_SEED'] ?? '1') % 2 ** 31);
  });
});
