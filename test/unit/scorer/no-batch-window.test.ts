import { afterEach, describe, expect, it, vi } from 'vitest';
import { aRecord } from '../../support/builders.ts';
import { publishEvents, scorerTwin, twinTopics, twinWorld } from '../../support/scorer-twin.ts';

describe('a single event', () => {
  afterEach(() => vi.useRealTimers());

  it('is scored without waiting for others to fill a batch: no timer has to pass', async () => {
    const world = await twinWorld(1);
    const { runner } = scorerTwin(world, { maxChunkRecords: 500 });
    await runner.start();
    await world.log.settled();
    vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval'] });
    await publishEvents(world, [aRecord({ eventId: 'alone' })]);
    // Turns of the event loop only: the faked timers stand still.
    for (let turn = 0; turn < 200 && world.log.records(twinTopics.scores).length === 0; turn++) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(world.log.records(twinTopics.scores)).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
    await runner.stop();
  });
});
