import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchPace } from '../../../../services/ingest/body/watch-pace.ts';

const pace = { freeMs: 5_000, bytesPerSecond: 1_000 };

describe('the pace of a body', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** When a body is found too slow, in milliseconds; null for one that is not within two minutes. */
  function slowAfter(sizeAt: (elapsedMs: number) => number): number | null {
    const startedAt = performance.now();
    let found: number | null = null;
    const elapsed = () => performance.now() - startedAt;
    const end = watchPace(pace, { size: () => sizeAt(elapsed()), slow: () => (found = elapsed()) });
    vi.advanceTimersByTime(120_000);
    end();
    return found;
  }

  it.each([
    ['of which nothing comes is too slow after the free time', () => 0, 5_000],
    ['of which one piece comes is given the time that the piece is worth', () => 3_000, 8_000],
    ['that trickles is too slow as soon as it has used up the free time', (ms: number) => ms / 2, 10_000],
    ['that comes fast enough is never too slow', (ms: number) => ms, null],
    ['that stops is too slow when what came is used up', (ms: number) => Math.min(ms * 2, 20_000), 25_000],
  ])('%s', (_case, sizeAt, expected) => {
    const found = slowAfter(sizeAt);
    if (expected === null) expect(found).toBeNull();
    else expect(found).toBeCloseTo(expected, -2);
  });

  it('is not looked at any more after its end', () => {
    const slow = vi.fn();
    watchPace(pace, { size: () => 0, slow })();
    vi.advanceTimersByTime(60_000);
    expect(slow).not.toHaveBeenCalled();
  });
});
