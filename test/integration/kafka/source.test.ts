import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EngineError } from '../../../services/core/errors.ts';
import type { LogChunk, OutgoingRecord, PartitionLease } from '../../../services/core/ports/log.ts';
import { createKafkaClient } from '../../../services/platform/kafka/kafka-client.ts';
import { createKafkaSource } from '../../../services/platform/kafka/kafka-source.ts';
import { createMetrics } from '../../../services/platform/telemetry/metrics.ts';
import { eventually } from '../../support/eventually.ts';
import { openKafka, type TestKafka } from '../../support/open-kafka.ts';

function numbered(topic: string, count: number, partition = 0): OutgoingRecord[] {
  return Array.from({ length: count }, (_, index) => ({ topic, key: null, partition, value: Buffer.from(`${index}`) }));
}

async function commitAll(chunk: LogChunk, lease: PartitionLease): Promise<void> {
  await lease.commit(chunk.records[chunk.records.length - 1].offset + 1);
}

describe('the Kafka source', () => {
  let kafka: TestKafka;

  beforeAll(async () => {
    kafka = await openKafka();
  });

  afterAll(() => kafka.close());

  async function committed(groupId: string, topic: string, partition = 0): Promise<number> {
    const [entry] = await kafka.admin.fetchOffsets({ groupId, topics: [topic] });
    return Number(entry.partitions.find((found) => found.partition === partition)?.offset);
  }

  it('hands every record to one member once, though another joins in the middle of the work', async () => {
    const topic = await kafka.createTopic(4);
    const groupId = kafka.groupId();
    for (let partition = 0; partition < 4; partition++) await kafka.sink().publish(numbered(topic, 200, partition));
    const seen: string[] = [];
    let isSecondIn = false;
    async function work(chunk: LogChunk, lease: PartitionLease): Promise<void> {
      if (!isSecondIn) await pause(20);
      for (const { offset } of chunk.records) seen.push(`${chunk.partition}/${offset}`);
      await commitAll(chunk, lease);
    }
    await kafka.source({ topic, groupId, maxChunkRecords: 2 }).start(work);
    await eventually(() => expect(seen.length).toBeGreaterThan(20));
    await kafka.source({ topic, groupId, maxChunkRecords: 2 }).start(work);
    isSecondIn = true;
    await eventually(() => expect(new Set(seen).size).toBe(800), { timeoutMs: 40_000 });
    expect(seen).toHaveLength(800);
  });

  it('works on several partitions at once, and never on two chunks of one', async () => {
    const topic = await kafka.createTopic(4);
    for (let partition = 0; partition < 4; partition++) await kafka.sink().publish(numbered(topic, 20, partition));
    const under = new Map<number, number>();
    let most = 0;
    let handled = 0;
    await kafka
      .source({ topic, groupId: kafka.groupId(), maxChunkRecords: 5, partitionsConcurrently: 3 })
      .start(async ({ partition, records }) => {
        under.set(partition, (under.get(partition) ?? 0) + 1);
        expect(under.get(partition)).toBe(1);
        most = Math.max(most, [...under.values()].filter((count) => count > 0).length);
        await pause(10);
        under.set(partition, 0);
        handled += records.length;
      });
    await eventually(() => expect(handled).toBe(80));
    expect(most).toBe(3);
  });

  it('goes on with other partitions while one is tried again', async () => {
    const topic = await kafka.createTopic(2);
    const seen: number[] = [];
    let failures = 0;
    await kafka.source({ topic, groupId: kafka.groupId(), maxRetryPauseMs: 100 }).start(({ partition, records }) => {
      if (partition === 1) {
        failures += 1;
        return Promise.reject(new EngineError('ERR_STORE_UNAVAILABLE', 'not now', { retryable: true }));
      }
      seen.push(...records.map(({ offset }) => offset));
      return Promise.resolve();
    });
    await kafka.sink().publish(numbered(topic, 1, 1));
    await eventually(() => expect(failures).toBeGreaterThan(1));
    for (let i = 0; i < 5; i++) await kafka.sink().publish(numbered(topic, 1, 0));
    await eventually(() => expect(seen).toEqual([0, 1, 2, 3, 4]));
    const before = failures;
    await eventually(() => expect(failures).toBeGreaterThan(before));
  });

  it('keeps its place while a long piece of work heartbeats', async () => {
    const topic = await kafka.createTopic(1);
    const groupId = kafka.groupId();
    await kafka.sink().publish(numbered(topic, 1));
    const until = performance.now() + 7_500;
    let deliveries = 0;
    const done = Promise.withResolvers<null>();
    await kafka.source({ topic, groupId, sessionTimeoutMs: 6_000 }).start(async (chunk, lease) => {
      deliveries += 1;
      while (performance.now() < until) {
        await pause(100);
        await lease.heartbeat();
      }
      await commitAll(chunk, lease);
      done.resolve(null);
    });
    await done.promise;
    expect(deliveries).toBe(1);
    expect(await committed(groupId, topic)).toBe(1);
  });

  it('lets a chunk under way finish and commit after a rebalance was announced', async () => {
    const topic = await kafka.createTopic(1);
    const groupId = kafka.groupId();
    await kafka.sink().publish(numbered(topic, 3));
    const begun = Promise.withResolvers<null>();
    const outcomes: string[] = [];
    let commitAt = Infinity;
    async function work(chunk: LogChunk, lease: PartitionLease): Promise<void> {
      begun.resolve(null);
      while (outcomes.length === 0 && performance.now() < commitAt) {
        await pause(50);
        await lease.heartbeat();
      }
      await commitAll(chunk, lease).then(
        () => outcomes.push(`committed ${chunk.records.length}`),
        () => outcomes.push('refused'),
      );
    }
    await kafka.source({ topic, groupId, rebalanceTimeoutMs: 20_000 }).start(work);
    await begun.promise;
    commitAt = performance.now() + 1_000;
    await kafka.source({ topic, groupId, rebalanceTimeoutMs: 20_000 }).start(work);
    expect(outcomes).toEqual(['committed 3']);
    expect(await committed(groupId, topic)).toBe(3);
  });

  it('lets a stalled handler go when a rebalance waits for it, and joins again', async () => {
    const topic = await kafka.createTopic(2);
    const groupId = kafka.groupId();
    await kafka.sink().publish([...numbered(topic, 1, 0), ...numbered(topic, 1, 1)]);
    const leases: PartitionLease[] = [];
    const slow = kafka.source({ topic, groupId, drainMs: 300, rebalanceTimeoutMs: 20_000 });
    await slow.start(async (_chunk, lease) => {
      leases.push(lease);
      while (lease.isCurrent()) {
        await lease.heartbeat();
        await pause(50);
      }
    });
    await eventually(() => expect(leases).toHaveLength(2));
    const owned: (readonly number[])[] = [];
    const other = kafka.source({ topic, groupId, rebalanceTimeoutMs: 20_000 });
    other.onAssigned((partitions) => owned.push(partitions));
    await other.start(commitAll);
    // One that is not let go does not join again in time, and loses both.
    expect(owned[0]).toHaveLength(1);
    expect(leases[0].isCurrent()).toBe(false);
    await expect(leases[0].commit(1)).rejects.toMatchObject({ code: 'ERR_LOG_FENCED' });
  });

  it('gives equal partitions of all its topics to one member', async () => {
    const [scores, commands] = [await kafka.createTopic(4), await kafka.createTopic(4)];
    const groupId = kafka.groupId();
    const seen = [new Set<string>(), new Set<string>()];
    for (const members of seen) {
      await kafka.source({ topics: [scores, commands], groupId }).start((chunk, lease) => {
        members.add(`${chunk.topic === scores ? 'scores' : 'commands'}/${chunk.partition}`);
        return commitAll(chunk, lease);
      });
    }
    for (let partition = 0; partition < 4; partition++) {
      await kafka.sink().publish([...numbered(scores, 1, partition), ...numbered(commands, 1, partition)]);
    }
    await eventually(() => expect(seen[0].size + seen[1].size).toBe(8));
    for (const members of seen) {
      const of = (topic: string) => [...members].filter((name) => name.startsWith(topic)).map((name) => name.slice(-1));
      expect(of('scores').sort()).toEqual(of('commands').sort());
      expect(of('scores')).toHaveLength(2);
    }
  });

  it('sees the lag of a partition whose handler hangs, and its age', async () => {
    const topic = await kafka.createTopic(1);
    const release = Promise.withResolvers<null>();
    await kafka.sink().publish(numbered(topic, 1));
    const metrics = createMetrics('test');
    const source = kafka.source({ topic, groupId: kafka.groupId(), metrics });
    await source.start(async () => void (await release.promise));
    await kafka.sink().publish(numbered(topic, 9));
    await eventually(() => expect(source.health()).toMatchObject([{ offset: 0, lag: 10 }]));
    await eventually(() => expect(source.health()[0].ageMs).toBeGreaterThan(1_000));
    const gauge = async () =>
      (await metrics.registry.getSingleMetricAsString('tidewatch_partition_lag')).split('\n').at(-1);
    await eventually(async () => expect(await gauge()).toMatch(/ 10$/));
    release.resolve(null);
    await eventually(() => expect(source.health()).toMatchObject([{ offset: 10, lag: 0 }]));
    await eventually(async () => expect(await gauge()).toMatch(/ 0$/));
  });

  it('stays young on a partition without traffic', async () => {
    const topic = await kafka.createTopic(1);
    const source = kafka.source({ topic, groupId: kafka.groupId() });
    await source.start(commitAll);
    const startedAt = performance.now();
    await eventually(() => {
      const [{ ageMs }] = source.health();
      // One that grew old from the start on would never be a second younger than that.
      expect(performance.now() - startedAt - ageMs).toBeGreaterThan(1_000);
    });
    expect(source.health()).toMatchObject([{ topic, partition: 0, offset: 0, lag: 0 }]);
  });

  it('waits for a topic that is about to be created', async () => {
    const topic = `${kafka.prefix}late`;
    const source = kafka.source({ topic, groupId: kafka.groupId(), topicWaitMs: 20_000 });
    const started = source.start(commitAll);
    await kafka.admin.createTopics({ waitForLeaders: false, topics: [{ topic, numPartitions: 1 }] });
    await started;
    expect(source.health()).toHaveLength(1);
  });

  it('says that no broker can be reached, and may be started again', async () => {
    const client = createKafkaClient({ brokers: ['127.0.0.1:1'], clientId: 'test', logger: kafka.logger });
    const source = createKafkaSource({ client, topic: 'any', groupId: 'any', logger: kafka.logger });
    for (let attempt = 0; attempt < 2; attempt++) {
      await expect(source.start(commitAll)).rejects.toMatchObject({ code: 'ERR_LOG_UNAVAILABLE', retryable: true });
    }
    await source.stop();
  });

  it('picks up partitions that are added to its topic while it runs', async () => {
    const topic = await kafka.createTopic(1);
    const seen: string[] = [];
    const assignments: (readonly number[])[] = [];
    const source = kafka.source({ topic, groupId: kafka.groupId(), metadataMaxAgeMs: 500 });
    source.onAssigned((partitions) => assignments.push(partitions));
    await source.start(async (chunk, lease) => {
      for (const { offset } of chunk.records) seen.push(`${chunk.partition}/${offset}`);
      await commitAll(chunk, lease);
    });
    expect(assignments).toEqual([[0]]);
    await kafka.admin.createPartitions({ topicPartitions: [{ topic, count: 3 }] });
    await eventually(() => expect(assignments.at(-1)).toEqual([0, 1, 2]), { timeoutMs: 30_000 });
    await kafka.sink().publish([...numbered(topic, 2, 1), ...numbered(topic, 2, 2)]);
    await eventually(() => expect([...seen].sort()).toEqual(['1/0', '1/1', '2/0', '2/1']));
    await eventually(() => expect(source.health().map(({ lag }) => lag)).toEqual([0, 0, 0]));
  });

  it('shows how long a partition with a lag will take, and nothing while it does not shrink', async () => {
    const topic = await kafka.createTopic(1);
    await kafka.sink().publish(numbered(topic, 200));
    const metrics = createMetrics('test');
    const source = kafka.source({ topic, groupId: kafka.groupId(), metrics, maxChunkRecords: 1 });
    let isHeld = true;
    await source.start(async (chunk, lease) => {
      while (isHeld) await pause(20);
      await pause(20);
      await commitAll(chunk, lease);
    });
    const shown = () => metrics.registry.getSingleMetricAsString('tidewatch_partition_catchup_seconds');
    await eventually(() => expect(source.health()).toMatchObject([{ lag: 200, catchUpSeconds: null }]));
    expect(await shown()).not.toContain(topic);
    isHeld = false;
    await eventually(() => expect(source.health()[0].catchUpSeconds).toBeGreaterThan(0));
    await eventually(async () => expect(await shown()).toContain(topic));
    await eventually(() => expect(source.health()).toMatchObject([{ lag: 0, catchUpSeconds: 0 }]));
  });

  it('skips a hole that compaction or a transaction left without calling it a loss', async () => {
    const topic = await kafka.createTopic(1);
    const producer = kafka.client.producer({ transactionalId: `${kafka.prefix}tx`, maxInFlightRequests: 1 });
    await producer.connect();
    const metrics = createMetrics('test');
    const offsets: number[] = [];
    const source = kafka.source({ topic, groupId: kafka.groupId(), metrics, whenOffsetLost: 'stop' });
    await source.start((chunk) => Promise.resolve(void offsets.push(...chunk.records.map(({ offset }) => offset))));
    for (let round = 0; round < 2; round++) {
      const transaction = await producer.transaction();
      await transaction.send({ topic, messages: [{ value: `${round}` }] });
      await transaction.commit();
    }
    await producer.disconnect();
    // Offsets 1 and 3 are the markers that end the transactions.
    await eventually(() => expect(offsets).toEqual([0, 2]));
    const lost = await metrics.registry.getSingleMetric('tidewatch_offsets_lost_total')?.get();
    expect(lost?.values.map(({ value }) => value)).toEqual([0]);
  });

  describe('when retention overtakes a source that runs', () => {
    it.each(['resume', 'stop'] as const)('says so, and the policy %s decides', async (whenOffsetLost) => {
      const topic = await kafka.createTopic(1);
      const metrics = createMetrics('test');
      const offsets: number[] = [];
      const faults: Error[] = [];
      let isHeld = true;
      let seen = -1;
      const source = kafka.source({ topic, groupId: kafka.groupId(), metrics, whenOffsetLost, maxChunkRecords: 1 });
      source.onFatal((error) => faults.push(error));
      await source.start((chunk) => {
        seen = chunk.records[0].offset;
        if (isHeld) return Promise.reject(new EngineError('ERR_STORE_UNAVAILABLE', 'not now', { retryable: true }));
        offsets.push(chunk.records[0].offset);
        return Promise.resolve();
      });
      await kafka.sink().publish(numbered(topic, 10));
      await eventually(() => expect(source.health()).toMatchObject([{ offset: 0, lag: 10 }]));
      await kafka.admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: '6' }] });
      // A batch that was fetched before may still come: nothing of it is lost.
      await eventually(() => expect(seen >= 6 || faults.length > 0).toBe(true), { timeoutMs: 30_000 });
      isHeld = false;
      if (whenOffsetLost === 'resume') {
        await eventually(() => expect(offsets.at(-1)).toBe(9), { timeoutMs: 30_000 });
        expect(faults).toEqual([]);
      } else {
        await eventually(() => expect(faults).toHaveLength(1), { timeoutMs: 30_000 });
        expect(faults[0]).toMatchObject({ code: 'ERR_LOG_FATAL', context: { event: 'offset_out_of_range', low: 6 } });
      }
      expect(await metrics.registry.getSingleMetricAsString('tidewatch_offsets_lost_total')).toMatch(/ 1$/);
    });
  });

  describe('when retention removed what the group had not read', () => {
    async function loseRecords(): Promise<{ topic: string; groupId: string }> {
      const topic = await kafka.createTopic(1);
      const groupId = kafka.groupId();
      await kafka.sink().publish(numbered(topic, 10));
      await kafka.admin.setOffsets({ groupId, topic, partitions: [{ partition: 0, offset: '2' }] });
      await kafka.admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: '5' }] });
      return { topic, groupId };
    }

    it('goes on at the oldest record, and counts it', async () => {
      const { topic, groupId } = await loseRecords();
      const metrics = createMetrics('test');
      const offsets: number[] = [];
      const source = kafka.source({ topic, groupId, metrics });
      await source.start((chunk) => Promise.resolve(void offsets.push(...chunk.records.map(({ offset }) => offset))));
      await eventually(() => expect(offsets).toEqual([5, 6, 7, 8, 9]));
      expect(await metrics.registry.getSingleMetricAsString('tidewatch_offsets_lost_total')).toMatch(/ 1$/);
    });

    it('stops before it hands out anything, where that is asked for', async () => {
      const { topic, groupId } = await loseRecords();
      const faults: Error[] = [];
      const offsets: number[] = [];
      const source = kafka.source({ topic, groupId, whenOffsetLost: 'stop' });
      source.onFatal((error) => faults.push(error));
      const lost = { code: 'ERR_LOG_FATAL', context: { event: 'offset_out_of_range', committed: 2, low: 5 } };
      const started = source.start((chunk) => Promise.resolve(void offsets.push(chunk.records[0].offset)));
      await expect(started).rejects.toMatchObject(lost);
      expect(faults).toMatchObject([lost]);
      await source.stop();
      expect(offsets).toEqual([]);
      expect(await committed(groupId, topic)).toBe(2);
    });

    it('does not take it for a new group where the client alone has put its mark over the offset', async () => {
      const { topic, groupId } = await loseRecords();
      const careless = kafka.client.consumer({ groupId, sessionTimeout: 6_000 });
      await careless.connect();
      await careless.subscribe({ topics: [topic], fromBeginning: true });
      let isRead = false;
      await careless.run({ autoCommit: false, eachMessage: () => Promise.resolve(void (isRead = true)) });
      await eventually(() => expect(isRead).toBe(true));
      await careless.disconnect();
      expect(await committed(groupId, topic)).toBe(-2);
      const source = kafka.source({ topic, groupId, whenOffsetLost: 'stop' });
      await expect(source.start(commitAll)).rejects.toMatchObject({ code: 'ERR_LOG_FATAL', context: { low: 5 } });
    });
  });
});
