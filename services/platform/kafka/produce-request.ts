import { createRequire } from 'node:module';
import type { Message } from 'kafkajs';
import { RecordBatch } from './record-batch.ts';
import { SinkMessage } from './sink-message.ts';

/** What kafkajs hands to the encoder of a produce request. */
export interface ProduceContent {
  readonly acks: number;
  readonly timeout: number;
  readonly transactionalId?: string | null;
  /** A whole number in one of the client's own forms. */
  readonly producerId?: { toString(): string };
  readonly producerEpoch?: number;
  readonly compression?: number;
  readonly topicData: readonly {
    readonly topic: string;
    readonly partitions: readonly PartitionContent[];
  }[];
}

interface PartitionContent {
  readonly partition: number;
  readonly messages: readonly Message[];
  readonly firstSequence?: number;
}

/** The part of the client's encoder that the sending side reads. */
interface Encoded {
  readonly buf: Buffer;
  readonly buffer: Buffer;
}

interface Exchange {
  request: { encode: () => Promise<Encoded> | Encoded };
}

interface ProduceProtocol {
  protocol: (wanted: { version: number }) => (content: ProduceContent) => Exchange;
}

/** From this version of the request on, records are batches of format 2; later ones up to 7 change nothing in it. */
const firstVersion = 3;
const require = createRequire(import.meta.url);
let isInstalled = false;

/**
 * Makes kafkajs 2.2.4 write the messages of our own sink through `encodeProduce`; requests with any other message stay
 * the client's. Safe to call more than once.
 */
export function useOwnRecordEncoding(): void {
  if (isInstalled) return;
  isInstalled = true;
  const produce = require('kafkajs/src/protocol/requests/produce') as ProduceProtocol;
  const original = produce.protocol;
  produce.protocol = ({ version }) => {
    const build = original({ version });
    if (version < firstVersion) return build;
    return (content) => {
      const exchange = build(content);
      if (isOurs(content)) exchange.request.encode = () => encodeProduce(content);
      return exchange;
    };
  };
}

function isOurs({ transactionalId, compression, topicData }: ProduceContent): boolean {
  if ((transactionalId ?? null) !== null || (compression ?? 0) !== 0) return false;
  return topicData.every(({ partitions }) => partitions.every(({ messages }) => messages[0] instanceof SinkMessage));
}

/** The body of a produce request (versions 3 to 7), in one buffer of its exact size. */
export function encodeProduce(content: ProduceContent): Encoded {
  const { acks, timeout, topicData, producerEpoch = 0 } = content;
  const producerId = BigInt(content.producerId?.toString() ?? -1);
  const now = Date.now();
  const topics = topicData.map(({ topic, partitions }) => ({
    name: Buffer.from(topic),
    partitions: partitions.map(({ partition, messages, firstSequence = 0 }) => ({
      partition,
      firstSequence,
      batch: new RecordBatch(messages, now),
    })),
  }));
  let bytes = 12;
  for (const { name, partitions } of topics) {
    bytes += 6 + name.length;
    for (const { batch } of partitions) bytes += 8 + batch.bytes;
  }
  const buffer = Buffer.allocUnsafe(bytes);
  buffer.writeInt16BE(-1, 0); // no transactional id
  buffer.writeInt16BE(acks, 2);
  buffer.writeInt32BE(timeout, 4);
  buffer.writeInt32BE(topics.length, 8);
  let at = 12;
  for (const { name, partitions } of topics) {
    at = buffer.writeInt16BE(name.length, at);
    at += name.copy(buffer, at);
    at = buffer.writeInt32BE(partitions.length, at);
    for (const { partition, firstSequence, batch } of partitions) {
      at = buffer.writeInt32BE(partition, at);
      at = buffer.writeInt32BE(batch.bytes, at);
      at = batch.write(buffer, at, { producerId, producerEpoch, firstSequence });
    }
  }
  return { buf: buffer, buffer };
}
