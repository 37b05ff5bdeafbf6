import { describe, expect, it } from 'vitest';
import { CatchUpEstimate } from '../../../../services/platform/kafka/catch-up-estimate.ts';

describe('the estimate of the time to catch up', () => {
  it('is zero without a lag, and unknown before a second has passed', () => {
    const estimate = new CatchUpEstimate();
    expect(estimate.seconds(10, 10, 0)).toBe(0);
    expect(estimate.seconds(10, 20, 0)).toBeNull();
    estimate.note(10, 20, 0);
    expect(estimate.seconds(15, 20, 999)).toBeNull();
    expect(estimate.seconds(15, 20, 1_000)).toBe(1);
  });

  it('counts what arrives meanwhile against what is handled', () => {
    const estimate = new CatchUpEstimate();
    estimate.note(0, 1_000, 0);
    // 100 a second are handled and 50 arrive: the lag of 500 shrinks by 50 a second.
    expect(estimate.seconds(1_000, 1_500, 10_000)).toBe(10);
  });

  it('is unknown while as much arrives as is handled, and while nothing is handled', () => {
    const estimate = new CatchUpEstimate();
    estimate.note(0, 1_000, 0);
    expect(estimate.seconds(500, 1_500, 5_000)).toBeNull();
    expect(estimate.seconds(0, 1_000, 5_000)).toBeNull();
  });

  it('rests on the last minute alone', () => {
    const estimate = new CatchUpEstimate();
    estimate.note(0, 100_000, 0);
    for (let second = 1; second <= 180; second++)
      estimate.note(second <= 60 ? 0 : (second - 60) * 10, 100_000, second * 1_000);
    expect(estimate.seconds(1_200, 100_000, 180_000)).toBeCloseTo(98_800 / 10, 0);
  });

  it('keeps at most one sample a second, however often it is told', () => {
    const estimate = new CatchUpEstimate();
    for (let ms = 0; ms < 1_000; ms++) estimate.note(ms, 5_000, ms);
    expect(estimate.seconds(1_000, 5_000, 1_000)).toBe(4);
  });

  it('forgets what it knew when it is told to', () => {
    const estimate = new CatchUpEstimate();
    estimate.note(0, 100, 0);
    estimate.reset();
    expect(estimate.seconds(50, 100, 10_000)).toBeNull();
  });
});
