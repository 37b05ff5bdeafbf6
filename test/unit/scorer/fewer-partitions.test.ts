import { describe, expect, it } from 'vitest';
import { controlRecord } from '../../../services/core/events/control-record.ts';
import { decodeState } from '../../../services/core/features/decode-state.ts';
import { dayClosedRecord } from '../../../services/scorer/sweep/day-closer.ts';
import { aRecord } from '../../support/builders.ts';
import {
  publishControl,
  publishEvents,
  scoresById,
  twinActivation,
  twinTenant,
  twinTopics,
  twinWorld,
  type TwinWorld,
} from '../../support/scorer-twin.ts';
import { startedTwins } from '../../support/started-twins.ts';

const dayMs = 86_400_000;
const today = 20_500;
const tenant = twinTenant('demo', 'UTC');
const customers = ['1', '2', '3', '4', '5', '6', '7', '8'].map((digit) => digit.repeat(32));
const startTwin = startedTwins();

const order = (surrogate: string, day: number) =>
  aRecord({ surrogate, occurredAt: day * dayMs, receivedAt: day * dayMs });

async function start(world: TwinWorld) {
  const twin = await startTwin(world);
  await world.log.settled();
  return twin;
}

describe('a topic that is created again with fewer partitions', () => {
  it('brings a day that was not swept on the partitions that are gone together with the next one', async () => {
    const world = await twinWorld(2);
    await publishEvents(
      world,
      customers.map((surrogate) => order(surrogate, today)),
    );
    for (const partition of [0, 1]) await publishControl(world, partition, dayClosedRecord(tenant, today + 60));
    const before = await start(world);
    await before.runner.stop();
    world.log.deleteTopic(twinTopics.events);
    world.log.createTopic(twinTopics.events, 1);
    const epochStarted = { epoch: 2, partitions: 1, reason: 'topic created anew' };
    await publishControl(world, 0, controlRecord({ kind: 'epoch-started', controlId: 'epoch:2', at: 0, epochStarted }));
    const activation = twinActivation;
    await publishControl(world, 0, controlRecord({ kind: 'activation-changed', controlId: 'a', at: 0, activation }));
    const after = await start(world);
    await after.sweep();
    await publishControl(world, 0, dayClosedRecord(tenant, today + 61));
    await world.log.settled();
    await after.sweep();
    const stored = await world.store.load(customers.map((surrogate) => ({ tenant: 'demo', surrogate })));
    const days = stored.map((found) => found && decodeState(found.bytes, found.version).closedDay);
    expect(days).toEqual(customers.map(() => today + 61));
    const scored = [...(await scoresById(world)).values()].filter(({ cause }) => cause === 'day');
    expect(new Set(scored.map(({ surrogate }) => surrogate)).size).toBe(customers.length);
  });
});
