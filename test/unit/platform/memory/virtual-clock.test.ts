import { describe, expect, it } from 'vitest';
import { createVirtualClock } from '../../../../services/platform/memory/virtual-clock.ts';

describe('createVirtualClock', () => {
  it('stands still until it is moved', async () => {
    const clock = createVirtualClock(1000);
    expect(clock.now()).toBe(1000);
    await clock.advance(5);
    expect(clock.now()).toBe(1005);
  });

  it('wakes sleepers in the order of their time, each at its own time', async () => {
    const clock = createVirtualClock();
    const woken: [string, number][] = [];
    const sleep = async (name: string, durationMs: number): Promise<void> => {
      await clock.sleep(durationMs);
      woken.push([name, clock.now()]);
    };
    void sleep('late', 30);
    void sleep('early', 10);
    void sleep('beyond', 100);
    await clock.advance(50);
    expect(woken).toEqual([
      ['early', 10],
      ['late', 30],
    ]);
    expect([clock.now(), clock.sleepers()]).toEqual([50, 1]);
  });

  it('wakes one who sleeps again within the same step', async () => {
    const clock = createVirtualClock();
    const ticks: number[] = [];
    void (async () => {
      for (;;) {
        await clock.sleep(10);
        ticks.push(clock.now());
      }
    })();
    await clock.advance(35);
    expect(ticks).toEqual([10, 20, 30]);
  });

  it('does not let anybody sleep for no time', async () => {
    await createVirtualClock().sleep(0);
    await createVirtualClock().sleep(-1);
  });
});
