import { describe, expect, it } from 'vitest';
import { isTrustworthy } from '../../../../services/core/scoring/finite-guard.ts';
import { modelOutputs } from '../../../../services/core/scoring/model-outputs.ts';
import { readHeads } from '../../../../services/core/scoring/read-heads.ts';
import { aManifest } from '../../../support/a-manifest.ts';

const { calibration } = aManifest();
const usual = [1, -1, 0.5, 5, 0.3, 1, 4];

function judge(heads: readonly number[]): boolean {
  return isTrustworthy(readHeads(heads, 0, calibration), heads, 0);
}

describe("the guard of a model's outputs", () => {
  it('lets a usual prediction pass', () => {
    expect(judge(usual)).toBe(true);
  });

  const broken = [NaN, Infinity, -Infinity, 1e30, -1e30];
  it.each(modelOutputs.flatMap((head, i) => broken.map((value) => [head, value, i] as const)))(
    'refuses a head %s of %d',
    (_head, value, i) => {
      expect(judge(usual.with(i, value))).toBe(false);
    },
  );

  it('refuses a spend that no customer has', () => {
    expect(judge(usual.with(3, 60))).toBe(false);
  });

  it('refuses figures that contradict each other', () => {
    const prediction = readHeads(usual, 0, calibration);
    const rising = { ...prediction, churn: { p30: 0.2, p60: 0.3, p90: 0.1 } };
    expect(isTrustworthy(rising, usual, 0)).toBe(false);
  });
});
