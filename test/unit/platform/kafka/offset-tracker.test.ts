import { describe, expect, it } from 'vitest';
import { createOffsetTracker } from '../../../../services/platform/kafka/offset-tracker.ts';

describe('the offset tracker', () => {
  it('begins at the offset it was given', () => {
    expect(createOffsetTracker(42).next()).toBe(42);
  });

  it('follows work that ends in order', () => {
    const tracker = createOffsetTracker(0);
    tracker.finish(0, 10);
    tracker.finish(10, 15);
    expect(tracker.next()).toBe(15);
  });

  it('does not pass a gap, and passes everything behind it once it closes', () => {
    const tracker = createOffsetTracker(0);
    tracker.finish(20, 30);
    tracker.finish(10, 20);
    expect(tracker.next()).toBe(0);
    tracker.finish(0, 10);
    expect(tracker.next()).toBe(30);
  });

  it.each([
    ['repeated', [0, 5, 0, 5, 5, 8], 8],
    ['overlapping', [0, 5, 3, 8], 8],
    ['older than the prefix', [0, 5, 1, 2], 5],
    ['empty', [0, 5, 7, 7], 5],
    ['inside one that waits', [10, 20, 12, 14, 0, 10], 20],
  ])('counts ranges that are %s once', (_what, bounds, expected) => {
    const tracker = createOffsetTracker(0);
    for (let i = 0; i < bounds.length; i += 2) tracker.finish(bounds[i], bounds[i + 1]);
    expect(tracker.next()).toBe(expected);
  });

  it('forgets what waited when it is reset', () => {
    const tracker = createOffsetTracker(0);
    tracker.finish(5, 9);
    tracker.reset(3);
    tracker.finish(3, 5);
    expect(tracker.next()).toBe(5);
  });
});
