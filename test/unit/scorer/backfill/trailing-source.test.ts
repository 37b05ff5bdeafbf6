import { afterEach, describe, expect, it } from 'vitest';
import type { PipelineRunner } from '../../../../services/platform/runtime/pipeline-runner.ts';
import { createMemoryStateStore } from '../../../../services/platform/memory/memory-state-store.ts';
import { catchingUp, smallGapRecords } from '../../../../services/scorer/backfill/catching-up.ts';
import { readControl } from '../../../../services/scorer/read-control.ts';
import { backfillTwin } from '../../../support/backfill-twin.ts';
import { aRecord } from '../../../support/builders.ts';
import { eventually } from '../../../support/eventually.ts';
import { publishEvents, scorerTwin, twinTopics, twinWorld } from '../../../support/scorer-twin.ts';

const surrogate = 'a'.repeat(32);
const orders = (count: number) =>
  Array.from({ length: count }, (_, i) => aRecord({ surrogate, eventId: `order-${i}` }));
const running: PipelineRunner[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((runner) => runner.stop()));
});

describe('a backfill', () => {
  it('goes as far as the live group has committed and not a record further, and says how far it is', async () => {
    const world = await twinWorld(1);
    await publishEvents(world, orders(5));
    const live = scorerTwin(world);
    await live.runner.start();
    await world.log.settled();
    await live.runner.stop();
    await publishEvents(world, orders(20).slice(5));

    const shadow = createMemoryStateStore();
    const builder = backfillTwin(world, shadow);
    running.push(builder.runner);
    await builder.source.observeLive();
    await builder.runner.start();
    const committed = world.log.committed('scorer', twinTopics.events, 0)!;
    await eventually(() => expect(world.log.committed('scorer.backfill', twinTopics.events, 0)).toBe(committed));
    expect((await readControl(shadow, 0)).watermark).toBe(committed - 1);
    expect(builder.source.health()).toMatchObject([{ offset: committed, lag: 0, ageMs: 0 }]);
    expect(builder.runner.problems()).toEqual([]);

    const again = scorerTwin(world);
    running.push(again.runner);
    await again.runner.start();
    await eventually(() => expect(world.log.committed('scorer.backfill', twinTopics.events, 0)).toBe(committed + 15));
    expect(builder.dropped()).toBeGreaterThan(0);
    expect(world.log.records(twinTopics.scores)).toHaveLength(20);
  });

  it('is ready once every partition is a small gap behind the live group', () => {
    const partition = (lag: number) => ({
      topic: 'events',
      partition: 3,
      offset: 0,
      lag,
      ageMs: 0,
      catchUpSeconds: null,
    });
    expect(catchingUp([partition(smallGapRecords)], true)).toEqual([]);
    expect(catchingUp([partition(smallGapRecords + 1)], true)).toEqual([
      'the backfill of partition 3 is 1001 records behind the live group',
    ]);
    expect(catchingUp([partition(0)], false)).toEqual(['the offsets of the live group are not known yet']);
  });
});
