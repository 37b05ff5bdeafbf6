import type { ICustomPartitioner, Message, Producer, TopicMessages } from 'kafkajs';
import { keyPartition } from '../../core/events/key-partition.ts';
import type { KafkaClient } from './kafka-client.ts';

const retry = { initialRetryTime: 100, multiplier: 2, factor: 0.2, maxRetryTime: 1_000, retries: 4 } as const;

/**
 * Holds the idempotent producer and replaces it after every failed send. kafkajs takes the sequence numbers of a failed
 * request back, although the broker may have written it, wholly or for some partitions. The next records would then
 * carry numbers the broker has seen, and it would acknowledge and drop them as repetitions. A new producer id starts
 * new numbers. For the same reason only one send may be under way at a time.
 */
export class ProducerSlot {
  readonly #client: KafkaClient;
  #producer: Promise<Producer> | null = null;

  constructor(client: KafkaClient) {
    this.#client = client;
  }

  /** Resolves when all replicas have acknowledged; connects first where needed. */
  async send(topicMessages: TopicMessages[]): Promise<void> {
    const producer = await this.#connected();
    try {
      await producer.sendBatch({ acks: -1, topicMessages });
    } catch (error) {
      await this.disconnect();
      throw error;
    }
  }

  async disconnect(): Promise<void> {
    const held = this.#producer;
    this.#producer = null;
    // A producer that cannot even say goodbye is gone all the same.
    await held?.then((producer) => producer.disconnect()).catch(() => undefined);
  }

  #connected(): Promise<Producer> {
    this.#producer ??= this.#connect().catch((error: unknown) => {
      this.#producer = null;
      throw error;
    });
    return this.#producer;
  }

  async #connect(): Promise<Producer> {
    const producer = this.#client.producer({
      idempotent: true,
      allowAutoTopicCreation: false,
      createPartitioner,
      retry,
    });
    await producer.connect();
    return producer;
  }
}

/**
 * By key, else in turn. The choice is kept on the message: kafkajs asks again when it repeats a request, and another
 * answer would put other records under sequence numbers already used.
 */
const createPartitioner: ICustomPartitioner = () => {
  let turn = 0;
  return ({ partitionMetadata, message }) => {
    message.partition ??= choosePartition(message, partitionMetadata.length, turn++);
    return message.partition;
  };
};

function choosePartition({ key }: Message, partitions: number, turn: number): number {
  if (key === null || key === undefined) return turn % partitions;
  return keyPartition(typeof key === 'string' ? Buffer.from(key) : key, partitions);
}
