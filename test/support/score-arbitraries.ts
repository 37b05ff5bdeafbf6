import fc from 'fast-check';
import { levels } from '../../services/core/scoring/level.ts';
import type { Score } from '../../services/core/scoring/score.ts';
import { aScore } from './score-builder.ts';

const surrogates = ['a', 'b', 'c'].map((digit) => digit.repeat(32));
const firstDay = 20_500;
const dayMs = 86_400_000;

interface HistoryOptions {
  readonly customers?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  /** Of ten scores, so many are historical and so many degraded. */
  readonly historical?: number;
  readonly degraded?: number;
}

/**
 * Scores of some customers in the order of the log: state versions rise per customer (with gaps), days do not fall,
 * and receipt times may step back a little.
 */
export function scoreHistory(options: HistoryOptions = {}): fc.Arbitrary<Score[]> {
  const { customers = 1, minLength = 0, maxLength = 25, historical = 1, degraded = 1 } = options;
  const oneIn10 = (share: number) => fc.nat({ max: 9 }).map((roll) => roll < share);
  const draft = fc.record({
    customer: fc.nat({ max: customers - 1 }),
    level: fc.constantFrom(...levels),
    p90: fc.double({ min: 0, max: 1, noNaN: true }),
    spend: fc.option(fc.double({ min: -100, max: 1e6, noNaN: true }), { nil: null }),
    versionStep: fc.integer({ min: 1, max: 3 }),
    dayStep: fc.nat({ max: 1 }),
    jitterMs: fc.nat({ max: 5_000 }),
    historical: oneIn10(historical),
    degraded: oneIn10(degraded),
  });
  return fc.array(draft, { minLength, maxLength }).map((drafts) => {
    const versions = new Map<number, number>();
    let day = firstDay;
    return drafts.map(({ customer, p90, spend, versionStep, dayStep, jitterMs, ...rest }) => {
      day += dayStep;
      const stateVersion = (versions.get(customer) ?? 0) + versionStep;
      versions.set(customer, stateVersion);
      return aScore({
        ...rest,
        surrogate: surrogates[customer],
        stateVersion,
        asOf: day,
        receivedAt: day * dayMs + jitterMs,
        churn: { p30: 1, p60: 1, p90 },
        expectedSpend90d: spend === null ? null : { mean: spend, median: spend / 2, currency: 'GBP' },
      });
    });
  });
}
