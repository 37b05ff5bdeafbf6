import { describe, expect, it } from 'vitest';
import { EngineError } from '../../../services/core/errors.ts';
import type { LogSource } from '../../../services/core/ports/log.ts';
import type { StateStore } from '../../../services/core/ports/state-store.ts';
import { dayClosedRecord } from '../../../services/scorer/sweep/day-closer.ts';
import { aRecord } from '../../support/builders.ts';
import {
  publishControl,
  publishEvents,
  scoreCodec,
  scorerTwin,
  twinTenant,
  twinTopics,
  twinWorld,
  type TwinOptions,
  type TwinWorld,
} from '../../support/scorer-twin.ts';

const ann = 'a'.repeat(32);
const order = (eventId: string) => aRecord({ surrogate: ann, eventId });

/** Versions of the state on the compacted topic, in the order of the log: compaction keeps the last. */
async function latestVersions({ log }: TwinWorld): Promise<number[]> {
  const decoded = await scoreCodec.decode(log.records(twinTopics.latest).map(({ value }) => value));
  return decoded.map((score) => {
    if (score instanceof EngineError) throw score;
    return score.stateVersion;
  });
}

/** A store whose first write of customers waits for `isOpen`. */
function gated({ store }: TwinWorld, isOpen: Promise<void>): StateStore {
  return {
    connectionEpoch: () => store.connectionEpoch(),
    load: (keys) => store.load(keys),
    async compareAndSet(updates) {
      if (updates[0]?.key.tenant !== '~partition') await isOpen;
      return store.compareAndSet(updates);
    },
  };
}

/** A source that hands out nothing from an offset on until `isOpen` resolves. */
function heldBack(source: LogSource, from: number, isOpen: Promise<void>): LogSource {
  return {
    start: (handle) =>
      source.start(async (chunk, lease) => {
        if (chunk.records[0].offset >= from) await isOpen;
        await handle(chunk, lease);
      }),
    onAssigned: (listener) => source.onAssigned(listener),
    onFatal: (listener) => source.onFatal(listener),
    health: () => source.health(),
    rewindIdle: (partition, offset) => source.rewindIdle(partition, offset),
    stop: () => source.stop(),
  };
}

async function runToEnd(world: TwinWorld, options: TwinOptions, end: number): Promise<void> {
  const twin = scorerTwin(world, options);
  await twin.runner.start();
  while (world.log.committed(options.groupId ?? 'scorer', twinTopics.events, 0) !== end)
    await new Promise(setImmediate);
  await twin.runner.stop();
}

describe('the latest score', () => {
  it('is that of the store where another writer was faster, so that an older one never stands after it', async () => {
    const world = await twinWorld(1);
    await publishEvents(world, [order('first')]);
    const gate = Promise.withResolvers<void>();
    const slow = scorerTwin(world, { groupId: 'slow', store: gated(world, gate.promise) });
    await slow.runner.start();
    while (world.log.records(twinTopics.scores).length === 0) await new Promise(setImmediate);
    await publishEvents(world, [order('second')]);
    await runToEnd(world, { groupId: 'fast', maxChunkRecords: 1 }, 4);
    gate.resolve();
    while (world.log.committed('slow', twinTopics.events, 0) !== 4) await new Promise(setImmediate);
    await slow.runner.stop();
    const versions = await latestVersions(world);
    expect(versions.length).toBeGreaterThan(2);
    expect(versions).toEqual([...versions].sort((a, b) => a - b));
  });

  it('of a customer whom a page of the sweep left as cached is not repeated: another owner may have a newer one', async () => {
    const world = await twinWorld(1);
    const open = Promise.withResolvers<void>();
    const slow = scorerTwin(world, { groupId: 'slow', wrapSource: (source) => heldBack(source, 5, open.promise) });
    await slow.runner.start();
    await publishEvents(world, [order('first')]);
    await publishControl(world, 0, dayClosedRecord(twinTenant('demo', 'UTC'), 20_600));
    await publishEvents(world, [order('second')]);
    while (world.log.committed('slow', twinTopics.events, 0) !== 5) await new Promise(setImmediate);
    await publishEvents(world, [order('third')]);
    await runToEnd(world, { groupId: 'fast', maxChunkRecords: 1 }, 6);
    const before = await latestVersions(world);
    await expect(slow.sweepPage(0)).rejects.toMatchObject({ code: 'ERR_STATE_CONFLICT' });
    expect(await latestVersions(world)).toEqual(before);
    open.resolve();
    await slow.runner.stop();
  });
});
