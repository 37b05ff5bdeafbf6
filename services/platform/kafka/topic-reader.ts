import type { KafkaMessage } from 'kafkajs';
import { EngineError } from '../../core/errors.ts';
import type { TopicReader } from '../../core/ports/topic-reader.ts';
import type { KafkaClient } from './kafka-client.ts';
import { toEngineError } from './kafka-errors.ts';
import { toRawRecord } from './log-chunk.ts';

/** What kafkajs 2.2.4 uses inside its own consumer and admin; it offers no way to read without a group. */
interface Cluster {
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  addTargetTopic(topic: string): Promise<void>;
  refreshMetadata(): Promise<void>;
  refreshMetadataIfNecessary(): Promise<void>;
  findTopicPartitionMetadata(topic: string): readonly { readonly partitionId: number }[];
  findLeaderForPartitions(topic: string, partitions: readonly number[]): Record<string, readonly number[]>;
  findBroker(wanted: { nodeId: string }): Promise<Broker>;
  fetchTopicsOffset(wanted: readonly OffsetQuery[]): Promise<readonly OffsetAnswer[]>;
}

interface OffsetQuery {
  readonly topic: string;
  readonly fromBeginning: boolean;
  readonly partitions: readonly { readonly partition: number }[];
}

interface OffsetAnswer {
  readonly partitions: readonly { readonly partition: number; readonly offset: string }[];
}

interface Broker {
  fetch(wanted: object): Promise<{
    readonly responses: readonly { readonly partitions: readonly { readonly messages: readonly KafkaMessage[] }[] }[];
  }>;
}

const fetchBytes = 1024 * 1024;
const maxWaitTime = 100;

/** Connects at the first use, over the client's own addresses and credentials, and anew after a failure. */
export function createTopicReader({ client, topic }: { client: KafkaClient; topic: string }): TopicReader {
  let connection: Promise<Cluster> | null = null;

  async function disconnect(): Promise<void> {
    const open = connection;
    connection = null;
    await (await open?.catch(() => null))?.disconnect();
  }

  async function use<T>(work: (cluster: Cluster) => Promise<T>): Promise<T> {
    try {
      const cluster = await (connection ??= connect(client, topic));
      await cluster.refreshMetadataIfNecessary();
      return await work(cluster);
    } catch (error) {
      await disconnect().catch(() => undefined);
      throw toEngineError(error, `reading ${topic}`);
    }
  }

  return {
    ranges: () => use((cluster) => readRanges(cluster, topic)),
    read: (partition, offset) => use((cluster) => fetchFrom(cluster, { topic, partition, offset })),
    stop: disconnect,
  };
}

async function connect(client: KafkaClient, topic: string): Promise<Cluster> {
  const name = Object.getOwnPropertySymbols(client).find((each) => each.description === 'private:Kafka:createCluster');
  if (name === undefined) {
    throw new EngineError('ERR_INTERNAL', 'this version of kafkajs has another inside; adapt topic-reader.ts to it', {
      retryable: false,
    });
  }
  const create = (client as unknown as Record<symbol, (options: object) => Cluster>)[name];
  const cluster = create({ metadataMaxAge: 30_000, allowAutoTopicCreation: false });
  await cluster.connect();
  await cluster.addTargetTopic(topic);
  return cluster;
}

async function readRanges(cluster: Cluster, topic: string) {
  const partitions = cluster.findTopicPartitionMetadata(topic).map(({ partitionId }) => ({ partition: partitionId }));
  const ask = async (fromBeginning: boolean): Promise<ReadonlyMap<number, number>> => {
    const [answer] = await cluster.fetchTopicsOffset([{ topic, fromBeginning, partitions }]);
    return new Map(answer.partitions.map(({ partition, offset }) => [partition, Number(offset)]));
  };
  const [lows, highs] = await Promise.all([ask(true), ask(false)]);
  return partitions
    .map(({ partition }) => ({ partition, low: lows.get(partition) ?? 0, high: highs.get(partition) ?? 0 }))
    .sort((a, b) => a.partition - b.partition);
}

interface Place {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
}

async function fetchFrom(cluster: Cluster, { topic, partition, offset }: Place) {
  const [nodeId] = Object.keys(cluster.findLeaderForPartitions(topic, [partition]));
  if (nodeId === undefined) return [];
  const broker = await cluster.findBroker({ nodeId });
  const wanted = { partition, fetchOffset: String(offset), maxBytes: fetchBytes };
  const answer = await broker.fetch({
    replicaId: -1,
    isolationLevel: 1,
    maxWaitTime,
    minBytes: 1,
    maxBytes: fetchBytes,
    topics: [{ topic, partitions: [wanted] }],
  });
  const messages = answer.responses.flatMap(({ partitions }) => partitions.flatMap((each) => each.messages));
  // A batch is sent whole, also where the offset lies in its midst.
  return messages.map(toRawRecord).filter((record) => record.offset >= offset);
}
