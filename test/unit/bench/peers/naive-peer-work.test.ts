import { describe, expect, it } from 'vitest';
import { naivePeerWork, peerWeight } from '../../../bench/peers/naive-peer-work.ts';

const day = 86_400_000;

describe('the work of the peers', () => {
  it('counts events and sums amounts in major units', () => {
    const work = naivePeerWork([
      { occurredAt: 3 * day, reportingAmountMinor: 1_250 },
      { occurredAt: 4 * day, reportingAmountMinor: null },
    ]);
    expect(work).toMatchObject({ count: 2, sum: 12.5, lastOccurredAt: 4 * day });
  });

  it('scores an untouched customer with one half: no layer has a bias', () => {
    expect(naivePeerWork([{ occurredAt: 0, reportingAmountMinor: 0 }])).toMatchObject({ p: 0.5, value: 0.5 });
  });

  it('depends on the time within the week only', () => {
    const at = (occurredAt: number) => naivePeerWork([{ occurredAt, reportingAmountMinor: 9_900 }]).p;
    expect(at(10.5 * day)).toBeCloseTo(at(3.5 * day), 9);
    expect(at(10.5 * day)).not.toBeCloseTo(at(10.25 * day), 9);
  });

  it('scales its weights by the inputs of the layer', () => {
    expect(peerWeight(0, 0, 0)).toBeCloseTo(Math.sin(1) / Math.sqrt(32), 12);
    expect(peerWeight(1, 2, 3)).toBeCloseTo(Math.sin(1 + 7919 + 209.458 + 4.85409) / 8, 12);
  });
});
