import { describe, expect, it } from 'vitest';
import { controlRecord } from '../../../services/core/events/control-record.ts';
import { decodeState } from '../../../services/core/features/decode-state.ts';
import { ownBlock } from '../../../services/core/features/own-block.ts';
import type { StoredState } from '../../../services/core/ports/state-store.ts';
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

/*
 * One customer's key is gone or old while the watermark of the partition is not: a shard that failed over, a key that
 * somebody deleted. Reading again from the watermark would fold on what is left, and say nothing.
 */

const ann = 'a'.repeat(32);
const bob = 'b'.repeat(32);
const start = startedTwins();

async function purchases(world: TwinWorld, surrogate: string): Promise<number> {
  const [stored] = await world.store.load([{ tenant: 'demo', surrogate }]);
  return stored === null ? 0 : ownBlock(decodeState(stored.bytes, stored.version)).features.lifetimePurchases;
}

/** Puts one customer back to an earlier state, or takes it away, under a process that does not notice. */
function forget(world: TwinWorld, surrogate: string, earlier: StoredState | undefined): void {
  const snapshot = new Map(world.store.snapshot());
  const name = JSON.stringify(['demo', surrogate]);
  if (earlier === undefined) snapshot.delete(name);
  else snapshot.set(name, earlier);
  world.store.put(snapshot);
}

const orders = (name: string) => [ann, bob, ann].map((surrogate, i) => aRecord({ surrogate, eventId: `${name}-${i}` }));

describe('a customer whose state is gone while the watermark of the partition is not', () => {
  it.each([{ what: 'gone' }, { what: 'older' }])(
    'is rebuilt with the partition from the beginning of the log, and counted ($what)',
    async ({ what }) => {
      const world = await twinWorld(1);
      const twin = await start(world);
      await publishEvents(world, orders('first'));
      await world.log.settled();
      const early = world.store.snapshot().get(JSON.stringify(['demo', ann]));
      await publishControl(world, 0, dayClosedRecord(twinTenant('demo', 'UTC'), 20_000));
      await publishEvents(world, orders('second'));
      await world.log.settled();
      const scores = await scoresById(world);
      forget(world, ann, what === 'gone' ? undefined : early);
      await publishEvents(world, orders('third'));
      await world.log.settled();
      expect(await purchases(world, ann)).toBe(6);
      expect(await purchases(world, bob)).toBe(3);
      expect(twin.regressions).toEqual([0]);
      const after = await scoresById(world);
      expect(after.size).toBe(scores.size + 3);
    },
  );

  it('is rebuilt with all partitions where its past stands on another one', async () => {
    const [few, many] = [2, 4];
    const world = await twinWorld(few);
    const customers = ['1', '2', '3', '4', '5', '6', '7', '8'].map((digit) => digit.repeat(32));
    const oneEach = (name: string) => customers.map((surrogate) => aRecord({ surrogate, eventId: name }));
    const before = await start(world);
    await publishEvents(world, oneEach('first'));
    await world.log.settled();
    await before.runner.stop();
    for (const topic of Object.values(twinTopics)) world.log.addPartitions(topic, many);
    const epochStarted = { epoch: 2, partitions: many, reason: 're-partitioned' };
    const started = controlRecord({ kind: 'epoch-started', controlId: 'epoch:2', at: 0, epochStarted });
    const active = controlRecord({ kind: 'activation-changed', controlId: 'a', at: 0, activation: twinActivation });
    for (let partition = 0; partition < many; partition++) {
      await publishControl(world, partition, started);
      await publishControl(world, partition, active);
    }
    await publishEvents(world, oneEach('second'));
    await start(world);
    await world.log.settled();
    for (const surrogate of customers.slice(0, 5)) forget(world, surrogate, undefined);
    await publishEvents(world, oneEach('third'));
    await world.log.settled();
    for (const surrogate of customers) expect(await purchases(world, surrogate)).toBe(3);
    expect((await scoresById(world)).size).toBe(customers.length * 3);
  });
});
