import { connect, type Socket } from 'node:net';
import { Kafka } from 'kafkajs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LogChunk, LogSource, PartitionLease } from '../../../services/core/ports/log.ts';
import { fixRequestQueue } from '../../../services/platform/kafka/request-queue-fix.ts';
import { createKafkaSink } from '../../../services/platform/kafka/kafka-sink.ts';
import { createKafkaSource } from '../../../services/platform/kafka/kafka-source.ts';
import { eventually } from '../../support/eventually.ts';
import { openKafka, type TestKafka } from '../../support/open-kafka.ts';
import { stackAddresses } from '../../support/stack-addresses.ts';

/** A client whose network the test can cut: open connections break, new ones are refused. */
function openCuttableClient() {
  const sockets = new Set<Socket>();
  let isCut = false;
  fixRequestQueue();
  const client = new Kafka({
    brokers: stackAddresses.kafka.split(','),
    clientId: 'test',
    logLevel: 0,
    retry: { initialRetryTime: 50, maxRetryTime: 200, retries: 3 },
    socketFactory({ host, port, onConnect }) {
      const socket = isCut ? connect({ host, port: 1 }, onConnect) : connect({ host, port }, onConnect);
      socket.setKeepAlive(true, 60_000);
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
      return socket;
    },
  });
  return {
    client,
    cut() {
      isCut = true;
      for (const socket of sockets) socket.destroy(new Error('cut'));
    },
    mend() {
      isCut = false;
    },
  };
}

describe('when Kafka goes away', () => {
  let kafka: TestKafka;
  let network: ReturnType<typeof openCuttableClient>;
  let opened: LogSource[];

  beforeEach(async () => {
    kafka = await openKafka();
    network = openCuttableClient();
    opened = [];
  });

  afterEach(async () => {
    network.mend();
    await Promise.all(opened.map((source) => source.stop()));
    await kafka.close();
  });

  function open(topic: string, groupId: string): { source: LogSource; faults: Error[] } {
    const source = createKafkaSource({
      client: network.client,
      topic,
      groupId,
      logger: kafka.logger,
      sessionTimeoutMs: 6_000,
      fetchWaitMs: 50,
      topicWaitMs: 500,
      watchIntervalMs: 200,
    });
    opened.push(source);
    const faults: Error[] = [];
    source.onFatal((error) => faults.push(error));
    return { source, faults };
  }

  it('the source grows old, and goes on by itself once Kafka is back', async () => {
    const topic = await kafka.createTopic(2);
    const { source, faults } = open(topic, kafka.groupId());
    const seen = new Set<string>();
    await source.start(async (chunk: LogChunk, lease: PartitionLease) => {
      for (const { value } of chunk.records) seen.add(value?.toString() ?? '');
      await lease.commit(chunk.records[chunk.records.length - 1].offset + 1);
    });
    await kafka.sink().publish([{ topic, key: 'a', value: Buffer.from('before') }]);
    await eventually(() => expect([...seen]).toEqual(['before']));
    network.cut();
    await kafka.sink().publish([{ topic, key: 'a', value: Buffer.from('meanwhile') }]);
    await eventually(() => expect(Math.min(...source.health().map(({ ageMs }) => ageMs))).toBeGreaterThan(4_000));
    expect(faults).toEqual([]);
    network.mend();
    await kafka.sink().publish([{ topic, key: 'b', value: Buffer.from('after') }]);
    await eventually(() => expect([...seen].sort()).toEqual(['after', 'before', 'meanwhile']), { timeoutMs: 30_000 });
    expect(faults).toEqual([]);
  });

  it('the sink says so, and what is published again once Kafka is back is there once', async () => {
    const topic = await kafka.createTopic(1);
    const sink = createKafkaSink({ client: network.client });
    await sink.publish([{ topic, key: 'a', value: Buffer.from('before') }]);
    network.cut();
    const record = { topic, key: 'a', value: Buffer.from('during') };
    await expect(sink.publish([record])).rejects.toMatchObject({ code: 'ERR_LOG_UNAVAILABLE', retryable: true });
    network.mend();
    await sink.publish([record]);
    await sink.stop();
    const [end] = await kafka.admin.fetchTopicOffsets(topic);
    expect(end.high).toBe('2');
  });

  it('a source whose topic was deleted ends, instead of being alive and doing nothing', async () => {
    const topic = await kafka.createTopic(1);
    const { source, faults } = open(topic, kafka.groupId());
    await source.start(() => Promise.resolve());
    await kafka.admin.deleteTopics({ topics: [topic] });
    await eventually(() => expect(faults).toMatchObject([{ code: 'ERR_TOPIC_MISSING' }]), { timeoutMs: 30_000 });
  });

  it('a source that cannot join its group says so at once', async () => {
    const topic = await kafka.createTopic(1);
    const groupId = kafka.groupId();
    const stranger = kafka.client.consumer({ groupId });
    await stranger.connect();
    await stranger.subscribe({ topics: [topic] });
    await stranger.run({ eachMessage: () => Promise.resolve() });
    await eventually(async () => expect((await stranger.describeGroup()).state).toBe('Stable'));
    const { source } = open(topic, groupId);
    await expect(source.start(() => Promise.resolve())).rejects.toMatchObject({
      code: 'ERR_LOG_FATAL',
      retryable: false,
    });
    await stranger.disconnect();
  });

  it('a source can be stopped while Kafka is away', async () => {
    const topic = await kafka.createTopic(1);
    const { source } = open(topic, kafka.groupId());
    await source.start(() => Promise.resolve());
    network.cut();
    await eventually(() => expect(source.health()[0].ageMs).toBeGreaterThan(1_500));
    await expect(source.stop()).resolves.toBeUndefined();
  });
});
