import { createRequire } from 'node:module';
import type { Message } from 'kafkajs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { OutgoingRecord } from '../../../../services/core/ports/log.ts';
import { crc32c } from '../../../../services/platform/kafka/crc32c.ts';
import { GroupedMessages } from '../../../../services/platform/kafka/grouped-messages.ts';
import { encodeProduce, type ProduceContent } from '../../../../services/platform/kafka/produce-request.ts';
import { SinkMessage } from '../../../../services/platform/kafka/sink-message.ts';

const require = createRequire(import.meta.url);
const clientRequest = require('kafkajs/src/protocol/requests/produce/v3/request') as (content: ProduceContent) => {
  encode(): Promise<{ buffer: Buffer }>;
};
const clientGroups = require('kafkajs/src/producer/groupMessagesPerPartition') as (wanted: {
  topic: string;
  partitionMetadata: readonly object[];
  messages: readonly Message[];
  partitioner: (asked: { message: Message }) => number;
}) => Record<string, Message[]>;

const now = 1_760_000_000_123;

beforeEach(() => void vi.useFakeTimers({ now }));
afterEach(() => void vi.useRealTimers());

function content(records: readonly (Omit<OutgoingRecord, 'topic'> & { topic?: string })[]): ProduceContent {
  const messages = records.map((record) => new SinkMessage({ topic: 'scores', ...record }));
  return {
    acks: -1,
    timeout: 30_000,
    producerId: '81985529216486895',
    producerEpoch: 3,
    topicData: [
      { topic: 'scores', partitions: [{ partition: 7, messages, firstSequence: 70_000 }] },
      {
        topic: 'scores.latest',
        partitions: [
          { partition: 0, messages: messages.slice(0, 1), firstSequence: 0 },
          { partition: 11, messages, firstSequence: 2_000_000_000 },
        ],
      },
    ],
  };
}

/** Field for field as the client would have it: its own encoder knows strings, Buffers and nulls alike. */
async function clientBytes(of: ProduceContent): Promise<Buffer> {
  return (await clientRequest(of).encode()).buffer;
}

describe('a produce request', () => {
  it('has the bytes that the client itself would send', async () => {
    const many = Array.from({ length: 300 }, (_, i) => ({ key: `key-${i}`, value: Buffer.alloc(i, i) }));
    const of = content(many);
    expect(encodeProduce(of).buffer.equals(await clientBytes(of))).toBe(true);
  });

  it('has the same bytes with nulls, headers and keys beyond ASCII', async () => {
    const of = content([
      { key: null, value: Buffer.from('without key') },
      { key: '顾客-é', value: null },
      { key: '', value: Buffer.alloc(0), headers: { reason: 'naïve', step: '' } },
    ]);
    expect(encodeProduce(of).buffer.equals(await clientBytes(of))).toBe(true);
  });

  it('has the same bytes with timestamps that lie apart by more than 32 bits', async () => {
    const of = content([
      { key: 'b', value: Buffer.from('2'), timestamp: now },
      { key: 'a', value: Buffer.from('1'), timestamp: 1_000_000_000_000 },
      { key: 'c', value: Buffer.from('3'), timestamp: 1_700_000_000_000 },
    ]);
    expect(encodeProduce(of).buffer.equals(await clientBytes(of))).toBe(true);
  });
});

describe('CRC-32C', () => {
  it('gives the check value of the polynomial, at any place in a buffer', () => {
    const bytes = Buffer.from('xx123456789yyy');
    expect(crc32c(bytes, 2, 11)).toBe(0xe3069283);
    expect(crc32c(bytes, 5, 5)).toBe(0);
    expect(crc32c(Buffer.alloc(32), 0, 32)).toBe(0x8a9136aa);
  });
});

describe('grouped messages', () => {
  it('fall into the groups of the client, in the same order', () => {
    const partitionMetadata = Array.from({ length: 5 }, () => ({}));
    const partitioner = ({ message }: { message: Message }): number =>
      (message.partition ??= Number(String(message.key).slice(-1)) % 5);
    const make = (): Message[] =>
      Array.from({ length: 40 }, (_, i) => ({
        key: `k${(i * 7) % 10}`,
        value: null,
        ...(i % 3 === 0 ? { partition: i % 4 } : {}),
      }));
    const plain = clientGroups({ topic: 't', partitionMetadata, messages: make(), partitioner });
    const messages = GroupedMessages.from(make()) as GroupedMessages;
    expect(clientGroups({ topic: 't', partitionMetadata, messages, partitioner })).toEqual(plain);
  });
});
