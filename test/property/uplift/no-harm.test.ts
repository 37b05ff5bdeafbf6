import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../simulator/random.ts';
import { ArmTally } from '../../../services/core/uplift/arm-tally.ts';
import { reportEffects } from '../../../services/core/uplift/effect-report.ts';
import { suppressedSegments } from '../../../services/core/uplift/suppressed-segments.ts';

const factor = Number(process.env['PROVE_FACTOR'] ?? '1');
const count = Math.min(500, Math.round(20 * factor));
const segments = 10;
const customers = 20_000;
const holdoutShare = 0.1;
const lookEvery = 200;

/** Whether any segment is ever suppressed by a playbook that does nothing, looked at after every 200 customers. */
function isEverSuppressed(seed: number): boolean {
  const random = createRandom(seed, 'no harm');
  const tallies = Array.from({ length: segments * 2 }, (_, i) => {
    const arm = i % 2 === 0 ? ('treated' as const) : ('holdout' as const);
    return new ArmTally({ tenant: 'demo', playbook: 'p', segment: `s${i >> 1}`, holdoutShare, arm });
  });
  for (let i = 1; i <= customers; i += 1) {
    const segment = random.integer(0, segments - 1);
    const tally = tallies[segment * 2 + (random.chance(holdoutShare) ? 1 : 0)];
    // From a tenth to eight tenths, so that rare and common churn are both among them.
    const churned = random.chance(0.1 + (0.7 * segment) / (segments - 1));
    tally.count({ measured: { churned, repurchased: !churned, revenueMinor: 0 }, cost: 0 }, 1);
    if (i % lookEvery === 0 && suppressedSegments(reportEffects(tallies, 0)).size > 0) return true;
  }
  return false;
}

describe('a playbook that changes nothing', () => {
  it('has a segment left alone in at most 5 % of its lives, over ten segments and a hundred looks', () => {
    const wrong = Array.from({ length: count }, (_, i) => isEverSuppressed(i + 1)).filter(Boolean).length;
    expect(wrong / count).toBeLessThanOrEqual(0.05);
  });
});
