import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { controlRecord } from '../../../services/core/events/control-record.ts';
import type { CustomerRecord } from '../../../services/core/events/customer-record.ts';
import { keyPartition } from '../../../services/core/events/key-partition.ts';
import { decodeState } from '../../../services/core/features/decode-state.ts';
import { ownBlock } from '../../../services/core/features/own-block.ts';
import type { LogSource, OutgoingRecord } from '../../../services/core/ports/log.ts';
import { waitForLeaders } from '../../../services/platform/kafka/wait-for-leaders.ts';
import { aRecord } from '../../support/builders.ts';
import { eventually } from '../../support/eventually.ts';
import { openKafka, type TestKafka } from '../../support/open-kafka.ts';
import {
  eventCodec,
  scorerTwin,
  scoresById,
  twinActivation,
  twinWorld,
  type ScorerTwin,
  type TwinWorld,
} from '../../support/scorer-twin.ts';

/*
 * The events topic is deleted, created again under its name and filled past the place where a scorer reads. kafkajs sees
 * names and offsets alone, and whether it hears of the deletion depends on whether a fetch happens to be under way.
 */

const partitions = 2;
const customers = Array.from({ length: 16 }, (_, i) => i.toString(16).repeat(32));
/** More than fit into a customer's ring of recent events, so that marks alone keep an event from counting twice. */
const perCustomer = 12;
/**
 * Those of one partition. A fetch may bring the records of one partition alone, and no other follows while they are held: a
 * test that waits for both might wait for ever.
 */
const heldCustomers = customers.filter((surrogate) => keyPartition(Buffer.from(surrogate), partitions) === 0);

let kafka: TestKafka;
let world: TwinWorld;
let topic: string;
let scorer: ScorerTwin;
let source: LogSource;
let hold: Promise<void>;
/** Partitions whose chunk is held. */
let holding: Set<number>;

beforeEach(async () => {
  kafka = await openKafka();
  world = await twinWorld(partitions);
  topic = await kafka.createTopic(partitions);
  hold = Promise.resolve();
  holding = new Set();
  source = kafka.source({ topic, groupId: kafka.groupId(), maxChunkRecords: 10 });
  scorer = scorerTwin(world, { source: held(source) });
});

afterEach(async () => {
  await scorer.runner.stop();
  await kafka.close();
});

function held(source: LogSource): LogSource {
  return {
    start: (handle) =>
      source.start(async (chunk, lease) => {
        holding.add(chunk.partition);
        await hold;
        holding.delete(chunk.partition);
        await handle(chunk, lease);
      }),
    onAssigned: (listener) => source.onAssigned(listener),
    onFatal: (listener) => source.onFatal(listener),
    health: () => source.health(),
    rewindIdle: (partition, offset) => source.rewindIdle(partition, offset),
    stop: () => source.stop(),
  };
}

function opening(epoch: number): OutgoingRecord[] {
  const epochStarted = { epoch, partitions, reason: 'test' };
  const records = [
    controlRecord({ kind: 'epoch-started', controlId: `epoch:${epoch}`, at: 0, epochStarted }),
    controlRecord({ kind: 'activation-changed', controlId: 'a', at: 0, activation: twinActivation }),
  ];
  return [0, 1].flatMap((partition) =>
    records.map((record) => ({ topic, key: null, partition, value: eventCodec.encode(record) })),
  );
}

function orders(name: string, each: number, of: readonly string[] = customers): CustomerRecord[] {
  return Array.from({ length: each }, (_, i) => i).flatMap((i) =>
    of.map((surrogate) => aRecord({ surrogate, eventId: `${name}-${i}` })),
  );
}

async function publish(control: readonly OutgoingRecord[], records: readonly CustomerRecord[]): Promise<void> {
  const events = records.map((record) => ({ topic, key: record.surrogate, value: eventCodec.encode(record) }));
  await kafka.sink().publish([...control, ...events]);
}

async function createAgain(): Promise<void> {
  await kafka.admin.deleteTopics({ topics: [topic] });
  await eventually(async () => {
    expect(
      await kafka.admin.createTopics({ waitForLeaders: false, topics: [{ topic, numPartitions: partitions }] }),
    ).toBe(true);
  });
  await waitForLeaders(kafka.admin, [topic]);
}

async function expectCounted(each: number, ofHeld = each): Promise<void> {
  const wanted = customers.map((surrogate) => (heldCustomers.includes(surrogate) ? ofHeld : each));
  await eventually(
    async () => {
      const stored = await world.store.load(customers.map((surrogate) => ({ tenant: 'demo', surrogate })));
      const counted = stored.map((found) =>
        found === null ? 0 : ownBlock(decodeState(found.bytes, found.version)).features.lifetimePurchases,
      );
      expect(counted).toEqual(wanted);
    },
    { intervalMs: 100 },
  );
}

/**
 * The ends of the partitions are asked for while the chunk is held: the source finds the new log, unless it had heard of
 * the held records before and so knows that a batch is still to come.
 */
async function expectNoticed(): Promise<void> {
  await eventually(() => {
    const { offset, lag } = source.health().find(({ partition }) => partition === 0) ?? {};
    expect(offset === 0 || (lag ?? 0) > 0, `offset ${offset}, lag ${lag}`).toBe(true);
  });
}

describe('an events topic that is created again and filled past where a scorer reads', () => {
  it.each([
    { what: 'while the scorer works on a chunk and no fetch tells', isBusy: true, refill: 3 * perCustomer },
    { what: 'while the scorer waits for records', isBusy: false, refill: 3 * perCustomer },
    { what: 'with as many records as before', isBusy: true, refill: perCustomer + 1 },
    {
      what: 'with as many, noticed early',
      isBusy: true,
      refill: perCustomer + 1,
      isNoticed: true,
    },
  ])('is read from its beginning, every event once, $what', async ({ isBusy, refill, isNoticed = false }) => {
    await scorer.runner.start();
    await publish(opening(1), orders('old', perCustomer));
    await expectCounted(perCustomer);
    const gate = Promise.withResolvers<void>();
    if (isBusy) hold = gate.promise;
    await publish([], orders('held', 1, heldCustomers));
    if (isBusy) await eventually(() => expect(holding).toContain(0));
    else await expectCounted(perCustomer, perCustomer + 1);
    await createAgain();
    await publish(opening(2), orders('new', refill));
    if (isNoticed) await expectNoticed();
    gate.resolve();
    await expectCounted(perCustomer + refill, perCustomer + 1 + refill);
    expect((await scoresById(world)).size).toBe(customers.length * (perCustomer + refill) + heldCustomers.length);
  });
});
