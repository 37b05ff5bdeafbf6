import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { controlRecord } from '../../../services/core/events/control-record.ts';
import type { CustomerRecord } from '../../../services/core/events/customer-record.ts';
import { keyPartition } from '../../../services/core/events/key-partition.ts';
import { decodeState } from '../../../services/core/features/decode-state.ts';
import { ownBlock } from '../../../services/core/features/own-block.ts';
import type { OutgoingRecord } from '../../../services/core/ports/log.ts';
import { dayClosedRecord } from '../../../services/scorer/sweep/day-closer.ts';
import { arbitraryRecord, newestEventAt } from '../../support/arbitraries.ts';
import { aRecord } from '../../support/builders.ts';
import { orderFreeBytes } from '../../support/fold-history.ts';
import { runs } from '../../support/property-runs.ts';
import {
  eventCodec,
  hastyClock,
  publishControl,
  publishEvents,
  scorerTwin,
  scoresById,
  twinActivation,
  twinTenant,
  twinTopics,
  twinWorld,
  type ScorerTwin,
  type TwinWorld,
} from '../../support/scorer-twin.ts';

/*
 * The events topic gets twice as many partitions, or is created again, while a scorer is anywhere in it. Customers move
 * to other partitions then, and offsets begin anew; no event may be skipped or count twice.
 */

const few = 2;
const many = 4;
const surrogates = ['1', '2', '3', '4', '5', '6'].map((digit) => digit.repeat(32));

/** Customers of whom nothing is compared: on each partition the first who has an event in the new epoch. */
const bystanders = Array.from({ length: many }, (_, partition) => {
  const ofPartition = (surrogate: string): boolean => keyPartition(Buffer.from(surrogate), many) === partition;
  const surrogate = ['7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f', '0']
    .flatMap((digit) => [digit.repeat(32), digit.repeat(31) + '1', digit.repeat(31) + '2'])
    .find(ofPartition);
  return aRecord({ surrogate, occurredAt: newestEventAt, receivedAt: newestEventAt });
});

const endOfNewestDay = dayClosedRecord(twinTenant('demo', 'UTC'), Math.floor(newestEventAt / 86_400_000) + 1);

const history = fc
  .array(
    fc.tuple(fc.constantFrom(...surrogates), arbitraryRecord({ oldestDays: 300, historical: fc.constant(false) })),
    { minLength: 1, maxLength: 24 },
  )
  .map((draws) => draws.map(([surrogate, record]): CustomerRecord => ({ ...record, surrogate })));

/** The opening of an epoch on every partition. */
function epochRecords(epoch: number, partitions: number): OutgoingRecord[] {
  const epochStarted = { epoch, partitions, reason: 'test' };
  const started = controlRecord({ kind: 'epoch-started', controlId: `epoch:${epoch}`, at: 0, epochStarted });
  const active = controlRecord({ kind: 'activation-changed', controlId: 'a', at: 0, activation: twinActivation });
  return Array.from({ length: partitions }, (_, partition) => partition).flatMap((partition) =>
    [started, active].map((record) => ({
      topic: twinTopics.events,
      key: null,
      partition,
      value: eventCodec.encode(record),
    })),
  );
}

function toOutgoing(record: CustomerRecord): OutgoingRecord {
  return { topic: twinTopics.events, key: record.surrogate, value: eventCodec.encode(record) };
}

async function startEpoch(world: TwinWorld, epoch: number, partitions: number): Promise<void> {
  await world.log.sink().publish(epochRecords(epoch, partitions));
}

/** Runs a scorer for at most `chunks` chunks. */
async function runFor(world: TwinWorld, chunks: number): Promise<void> {
  let done = 0;
  const scorer: ScorerTwin = scorerTwin(world, {
    maxChunkRecords: 2,
    onStage(stage) {
      if (stage === 'after-commit' && ++done >= chunks) void scorer.runner.stop();
    },
  });
  await scorer.runner.start();
  await world.log.settled();
  await scorer.runner.stop();
}

async function finish(world: TwinWorld, partitions: number) {
  const closed = dayClosedRecord(twinTenant('demo', 'UTC'), Math.floor(newestEventAt / 86_400_000) + 3);
  for (let partition = 0; partition < partitions; partition++) await publishControl(world, partition, closed);
  const scorer = scorerTwin(world);
  await scorer.runner.start();
  await world.log.settled();
  await scorer.sweep();
  await scorer.runner.stop();
  const stored = await world.store.load(surrogates.map((surrogate) => ({ tenant: 'demo', surrogate })));
  return stored.map((each) => {
    if (each === null) return null;
    const state = decodeState(each.bytes, each.version);
    return { folded: orderFreeBytes(state), asOf: ownBlock(state).asOf, version: state.version };
  });
}

/** Scores that silence caused, of the compared customers. */
async function dayScores(world: TwinWorld): Promise<unknown[]> {
  const scores = [...(await scoresById(world)).values()];
  const ours = scores.filter(({ cause, surrogate }) => cause === 'day' && surrogates.includes(surrogate));
  return ours.sort((a, b) => a.scoreId.localeCompare(b.scoreId));
}

describe('a new epoch of the events topic', () => {
  it('begun by more partitions skips no event and counts none twice, and every customer is still swept', async () => {
    const plan = fc.record({ before: history, after: history, chunks: fc.nat({ max: 8 }), chunksAfter: fc.nat(8) });
    await fc.assert(
      fc.asyncProperty(plan, async ({ before, after, chunks, chunksAfter }) => {
        const calm = await twinWorld(few, hastyClock());
        await publishEvents(calm, [...before, ...after]);
        const expected = await finish(calm, few);

        const world = await twinWorld(few, hastyClock());
        await publishEvents(world, before);
        if (chunks > 0) await runFor(world, chunks);
        for (const topic of Object.values(twinTopics)) world.log.addPartitions(topic, many);
        await startEpoch(world, 2, many);
        await publishEvents(world, after);
        if (chunksAfter > 0) await runFor(world, chunksAfter);
        expect(await finish(world, many)).toEqual(expected);
        const scored = [...(await scoresById(world)).values()].filter(({ cause }) => cause !== 'day');
        const scoredCalmly = [...(await scoresById(calm)).values()].filter(({ cause }) => cause !== 'day');
        expect(scored.map(({ scoreId }) => scoreId).sort()).toEqual(scoredCalmly.map(({ scoreId }) => scoreId).sort());
      }),
      { numRuns: runs(40) },
    );
  });

  it('begun by a topic that was created again counts the events after it, from its first offset on', async () => {
    const plan = fc.record({ before: history, after: history, fewer: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(plan, async ({ before, after, fewer }) => {
        const partitions = fewer ? 1 : few;
        const calm = await twinWorld(few, hastyClock());
        await publishEvents(calm, [...before, ...after]);
        const expected = await finish(calm, few);

        const world = await twinWorld(few, hastyClock());
        await publishEvents(world, before);
        await runFor(world, Number.POSITIVE_INFINITY);
        world.log.deleteTopic(twinTopics.events);
        world.log.createTopic(twinTopics.events, partitions);
        await startEpoch(world, 2, partitions);
        await publishEvents(world, after);
        expect(await finish(world, partitions)).toEqual(expected);
      }),
      { numRuns: runs(40) },
    );
  });

  it('begun by a topic that was created again and filled past a running reader is read from its first offset on', async () => {
    const plan = fc.record({ before: history, after: history });
    await fc.assert(
      fc.asyncProperty(plan, async ({ before, after }) => {
        const calm = await twinWorld(few, hastyClock());
        await publishEvents(calm, [...before, ...after]);
        const expected = await finish(calm, few);

        const world = await twinWorld(few, hastyClock());
        await publishEvents(world, before);
        const scorer = scorerTwin(world, { maxChunkRecords: 2 });
        await scorer.runner.start();
        await world.log.settled();
        world.log.deleteTopic(twinTopics.events);
        world.log.createTopic(twinTopics.events, few);
        // At once: what a reader that was busy meanwhile finds.
        await world.log.sink().publish([...epochRecords(2, few), ...after.map(toOutgoing)]);
        await world.log.settled();
        await scorer.runner.stop();
        expect(await finish(world, few)).toEqual(expected);
      }),
      { numRuns: runs(40) },
    );
  });

  it('begun while a day is closed on some partitions only still lets the day reach every customer once', async () => {
    const plan = fc.record({ before: history, isEarly: fc.array(fc.boolean(), { minLength: few, maxLength: few }) });
    await fc.assert(
      fc.asyncProperty(plan, async ({ before, isEarly }) => {
        const calm = await twinWorld(few, hastyClock());
        await publishEvents(calm, before);
        for (let partition = 0; partition < few; partition++) await publishControl(calm, partition, endOfNewestDay);
        const expected = await finish(calm, few);

        const world = await twinWorld(few, hastyClock());
        await publishEvents(world, before);
        const scorer = scorerTwin(world);
        await scorer.runner.start();
        for (const [partition, early] of isEarly.entries())
          if (early) await publishControl(world, partition, endOfNewestDay);
        await world.log.settled();
        await scorer.sweep();
        await scorer.runner.stop();
        for (const topic of Object.values(twinTopics)) world.log.addPartitions(topic, many);
        await startEpoch(world, 2, many);
        await publishEvents(world, bystanders);
        for (let partition = 0; partition < many; partition++)
          if (isEarly[partition] !== true) await publishControl(world, partition, endOfNewestDay);
        expect(await finish(world, many)).toEqual(expected);
        expect(await dayScores(world)).toEqual(await dayScores(calm));
      }),
      { numRuns: runs(40) },
    );
  });
});
