import { describe, expect, it } from 'vitest';
import { repeatWork } from '../../../../services/platform/runtime/repeat-work.ts';
import { eventually } from '../../../support/eventually.ts';

describe('work that is repeated', () => {
  it('goes on after a turn that failed, and never runs two turns at once', async () => {
    const faults: unknown[] = [];
    let underWay = 0;
    let most = 0;
    let turns = 0;
    const end = repeatWork(
      async () => {
        most = Math.max(most, ++underWay);
        await new Promise<void>((resolve) => setImmediate(resolve));
        underWay -= 1;
        if (++turns === 1) throw new Error('first');
      },
      1,
      (error) => faults.push(error),
    );
    await eventually(() => expect(turns).toBeGreaterThan(2));
    await end();
    expect(faults).toEqual([new Error('first')]);
    expect(most).toBe(1);
  });

  it('ends at once while it rests, and after the turn under way while it works', async () => {
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    let turns = 0;
    const end = repeatWork(
      async () => {
        turns += 1;
        await released;
      },
      3_600_000,
      () => undefined,
    );
    let hasEnded = false;
    const ending = end().then(() => (hasEnded = true));
    await new Promise<void>((resolve) => setImmediate(resolve));
    expect(hasEnded).toBe(false);
    release();
    await ending;
    expect(turns).toBe(1);
  });
});
