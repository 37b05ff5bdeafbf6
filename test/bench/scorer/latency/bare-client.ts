/*
 * The least a consumer can do, as a process of its own: decode, encode a score of fixed content, produce. Answers
 * `handled`, `acknowledged` and `latencies` as the probed scorer does.
 */
import type { CustomerRecord } from '../../../../services/core/events/customer-record.ts';
import { topicsWithPrefix } from '../../../../services/core/events/topics.ts';
import type { Score } from '../../../../services/core/scoring/score.ts';
import { createSchemaRegistry } from '../../../../services/platform/avro/schema-registry.ts';
import { createKafkaClient } from '../../../../services/platform/kafka/kafka-client.ts';
import { loadConfig } from '../../../../services/platform/runtime/load-config.ts';
import { createLogger } from '../../../../services/platform/telemetry/logger.ts';
import { scorerConfig } from '../../../../services/scorer/config.ts';
import { chunkRecords, createRawHandler } from '../../pipeline/raw-handler.ts';
import { answerParent } from '../../world/answer-parent.ts';
import { LatencyLog } from '../../world/latency-log.ts';

/** As the scorer's own source fetches. */
const fetchWaitMs = 250;

const config = loadConfig(scorerConfig, process.env);
const logger = createLogger({ name: 'bare-client', level: 'warn', destination: process.stderr });
const client = createKafkaClient({ brokers: config.KAFKA_BROKERS, clientId: 'bare-client', logger });
const registry = createSchemaRegistry({ url: config.SCHEMA_REGISTRY_URL, logger });
const { events, scores } = topicsWithPrefix(config.TIDEWATCH_TOPIC_PREFIX);
const log = new LatencyLog();
answerParent(log.answers);

const producer = client.producer({ allowAutoTopicCreation: false });
const consumer = client.consumer({
  groupId: `${config.TIDEWATCH_GROUP_PREFIX}bare`,
  maxWaitTimeInMs: fetchWaitMs,
});
const handle = createRawHandler({
  producer,
  output: scores,
  events: await registry.codec<CustomerRecord>(events, 'customer-event'),
  scores: await registry.codec<Score>(scores, 'score'),
});
await producer.connect();
await consumer.connect();
await consumer.subscribe({ topics: [events], fromBeginning: true });
await consumer.run({
  autoCommit: false,
  partitionsConsumedConcurrently: config.TIDEWATCH_PARTITIONS_CONCURRENTLY,
  eachBatch: async ({ batch, heartbeat }) => {
    for (let at = 0; at < batch.messages.length; at += chunkRecords) {
      const chunk = batch.messages.slice(at, at + chunkRecords);
      const begunAt = performance.now();
      await handle(chunk);
      log.acknowledged(chunk.length, performance.now() - begunAt);
      log.handled(chunk.length);
      await heartbeat();
    }
  },
});
process.on('SIGTERM', () => {
  void Promise.all([consumer.disconnect(), producer.disconnect()]).then(() => process.exit(0));
});
process.on('disconnect', () => process.exit(1));
process.send?.({ type: 'ready' });
