import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyBlock } from '../../../services/core/features/empty-state.ts';
import { featureNames, writeFeatures } from '../../../services/core/features/feature-catalogue.ts';
import { foldPurchase } from '../../../services/core/features/fold-purchase.ts';
import { moveAsOf } from '../../../services/core/features/move-as-of.ts';
import { gapMedian } from '../../../services/core/segments/gap-median.ts';
import type { SegmentMemory } from '../../../services/core/segments/segment-memory.ts';
import { readSegments } from '../../../services/platform/runtime/read-segments.ts';
import { runs } from '../../support/property-runs.ts';
import { testCutoffs } from '../../support/segment-plans.ts';

const plan = await readSegments(null, featureNames);
const segmenter = plan.segmenterFor('demo', { activationId: '12'.repeat(16), tierCutoffs: testCutoffs });
const firstDay = 20_000;
const quarters = 3;
const days = 91 * quarters;

/** One who buys every `rhythm` days or so, from `from` on, and stops at `until`. */
interface Life {
  readonly from: number;
  readonly until: number;
  readonly rhythm: number;
  readonly jitter: readonly number[];
  readonly minor: number;
}

const life: fc.Arbitrary<Life> = fc.record({
  from: fc.integer({ min: 0, max: 120 }),
  until: fc.integer({ min: 0, max: days }),
  rhythm: fc.integer({ min: 1, max: 70 }),
  jitter: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 12 }),
  minor: fc.integer({ min: 100, max: 60_000 }),
});

function purchaseDays({ from, until, rhythm, jitter }: Life): number[] {
  const bought: number[] = [];
  for (let day = from, i = 0; day < until; day += rhythm + jitter[i++ % jitter.length]) bought.push(firstDay + day);
  return bought;
}

/** The stage from the purchases alone, without a memory: right while no purchase is older than a year. */
function expectedStage(bought: readonly number[], asOf: number): string {
  if (bought.length === 0) return 'potential';
  const silence = asOf - bought[bought.length - 1];
  const gaps = bought.slice(1).map((day, i) => day - bought[i]);
  const sorted = gaps.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  const median = gaps.length === 0 ? 0 : (sorted[Math.ceil(half) - 1] + sorted[Math.floor(half)]) / 2;
  const own = gaps.length % 2 === 1 ? sorted[Math.floor(half)] : median;
  if (silence > 180) return 'lapsed';
  if (silence > Math.max(60, 2 * own)) return 'dormant';
  return bought.length === 1 ? 'new' : 'active';
}

describe('customers, day by day over three quarters', () => {
  it('are in the stage that their purchases alone give, and each change begins where the last one ended', () => {
    fc.assert(
      fc.property(life, (drawn) => {
        const all = purchaseDays(drawn);
        const block = emptyBlock();
        const features = new Float64Array(featureNames.length);
        const last = new Map<string, string | null>();
        let memory: SegmentMemory | null = null;
        for (let asOf = firstDay + 1; asOf <= firstDay + days; asOf++) {
          moveAsOf(block, asOf);
          const isBuying = all.includes(asOf - 1);
          if (isBuying) foldPurchase(block.features, { day: asOf - 1, amountMinor: drawn.minor }, asOf);
          writeFeatures(block.features, asOf, 100, features);
          const facts = {
            features,
            at: 0,
            gapMedian: gapMedian(block.features.purchaseDays),
            prediction: null,
            lifetimeValue: null,
          };
          const assignment = segmenter.assign(facts, memory);
          memory = assignment.memory;
          const bought = all.filter((day) => day < asOf);
          expect(assignment.stage).toBe(`lifecycle5.${expectedStage(bought, asOf)}`);
          for (const { scheme, old, new: now } of assignment.changes) {
            expect(old, scheme).toBe(last.get(scheme) ?? null);
            expect(now, scheme).not.toBe(old);
            last.set(scheme, now);
          }
        }
      }),
      { numRuns: runs(40) },
    );
  });
});
