/*
 * The least that a server for Segment's batches can do, as a process of its own: parse, make Avro, produce with an
 * idempotent kafkajs and acks from all replicas, answer. No keys, no checks, no claims, no personal data sealed.
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { env } from 'node:process';
import type { CustomerRecord } from '../../../services/core/events/customer-record.ts';
import { topicsWithPrefix } from '../../../services/core/events/topics.ts';
import { createSchemaRegistry } from '../../../services/platform/avro/schema-registry.ts';
import { createKafkaClient } from '../../../services/platform/kafka/kafka-client.ts';
import { createLogger } from '../../../services/platform/telemetry/logger.ts';
import { aRecord } from '../../support/builders.ts';
import type { BenchTrack } from './track-requests.ts';

const logger = createLogger({ name: 'bare-server', level: 'warn', destination: process.stderr });
const client = createKafkaClient({ brokers: (env['KAFKA_BROKERS'] ?? '').split(','), clientId: 'bare-server', logger });
const registry = createSchemaRegistry({ url: env['SCHEMA_REGISTRY_URL'] ?? '', logger });
const { events: topic } = topicsWithPrefix(env['TIDEWATCH_TOPIC_PREFIX'] ?? '');
const codec = await registry.codec<CustomerRecord>(topic, 'customer-event');
const producer = client.producer({ idempotent: true, allowAutoTopicCreation: false });
await producer.connect();

const server = createServer((request, response) => {
  serve(request).then(
    (answer) => response.writeHead(200, { 'content-type': 'application/json' }).end(answer),
    (error: unknown) => {
      logger.error({ err: error }, 'a request failed');
      response.writeHead(500).end();
    },
  );
});
server.listen(0, '127.0.0.1', () => {
  process.send?.({ type: 'ready', url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
});
process.on('SIGTERM', () => void producer.disconnect().then(() => process.exit(0)));
process.on('disconnect', () => process.exit(1));

async function serve(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = JSON.parse(Buffer.concat(chunks).toString()) as BenchTrack | { batch: BenchTrack[] };
  const tracks = 'batch' in body ? body.batch : [body];
  const messages = tracks.map((track) => ({ key: track.userId, value: codec.encode(toRecord(track)) }));
  await producer.send({ topic, acks: -1, messages });
  return JSON.stringify({ success: true });
}

function toRecord({ messageId, userId, timestamp, properties }: BenchTrack): CustomerRecord {
  const { revenue, currency, ...rest } = properties;
  const amountMinor = Math.round(revenue * 100);
  return aRecord({
    eventId: messageId,
    surrogate: userId,
    type: 'order.placed',
    occurredAt: Date.parse(timestamp),
    receivedAt: Date.now(),
    amountMinor,
    currency,
    reportingAmountMinor: amountMinor,
    attributes: Object.entries(rest).map(([name, value]) => ({ name, value })),
  });
}
