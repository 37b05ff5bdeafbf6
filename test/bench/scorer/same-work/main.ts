/*
 * The peer's job on our machinery, as a process of its own: reads the events topic from its beginning as a new group
 * and answers `progress` with how many records it has done, and when.
 */
import type { CustomerRecord } from '../../../../services/core/events/customer-record.ts';
import { topicsWithPrefix } from '../../../../services/core/events/topics.ts';
import type { Score } from '../../../../services/core/scoring/score.ts';
import { createSchemaRegistry } from '../../../../services/platform/avro/schema-registry.ts';
import { createKafkaClient } from '../../../../services/platform/kafka/kafka-client.ts';
import { createKafkaSink } from '../../../../services/platform/kafka/kafka-sink.ts';
import { createKafkaSource } from '../../../../services/platform/kafka/kafka-source.ts';
import { createRedis } from '../../../../services/platform/redis/redis-client.ts';
import { createRedisStateStore } from '../../../../services/platform/redis/redis-state-store.ts';
import { loadConfig } from '../../../../services/platform/runtime/load-config.ts';
import { createPipelineRunner } from '../../../../services/platform/runtime/pipeline-runner.ts';
import { createLogger } from '../../../../services/platform/telemetry/logger.ts';
import { scorerConfig } from '../../../../services/scorer/config.ts';
import { CustomerCache } from '../../../../services/scorer/customer-cache.ts';
import { eventually } from '../../../support/eventually.ts';
import { answerParent } from '../../world/answer-parent.ts';
import { PartitionWatermarks } from './partition-watermarks.ts';
import { createWorkNetwork } from './work-network.ts';
import { createWorkPipeline } from './work-pipeline.ts';
import type { WorkState } from './work-state.ts';

const config = loadConfig(scorerConfig, process.env);
const logger = createLogger({ name: 'same-work', level: 'warn', destination: process.stderr });
const client = createKafkaClient({ brokers: config.KAFKA_BROKERS, clientId: 'same-work', logger });
const registry = createSchemaRegistry({ url: config.SCHEMA_REGISTRY_URL, logger });
const { events } = topicsWithPrefix(config.TIDEWATCH_TOPIC_PREFIX);
const { scores } = topicsWithPrefix(config.TIDEWATCH_OUTPUT_TOPIC_PREFIX ?? config.TIDEWATCH_TOPIC_PREFIX);
const redis = createRedis({ url: config.REDIS_URL, logger, name: 'same-work' });
await eventually(() => redis.check());

/** The first chunk only starts the clock: until then the group was forming and nothing was warm. */
const progress = { records: 0, firstRecords: 0, firstDoneAt: 0, doneAt: 0 };
answerParent({ progress: () => progress });

const store = createRedisStateStore({ redis, keyPrefix: config.TIDEWATCH_KEY_PREFIX, namespace: 'same-work' });
const watermarks = new PartitionWatermarks(store);
const cache = new CustomerCache<WorkState>(config.TIDEWATCH_CACHE_CUSTOMERS);
const sink = createKafkaSink({ client });
const pipeline = createWorkPipeline({
  store,
  sink,
  cache,
  watermarks,
  predict: await createWorkNetwork(),
  codecs: {
    events: await registry.codec<CustomerRecord>(events, 'customer-event'),
    scores: await registry.codec<Score>(scores, 'score'),
  },
  output: scores,
  chunkDone(records) {
    progress.records += records;
    progress.doneAt = performance.now();
    if (progress.firstRecords > 0) return;
    progress.firstRecords = records;
    progress.firstDoneAt = progress.doneAt;
  },
});
const source = createKafkaSource({
  client,
  topic: events,
  groupId: `${config.TIDEWATCH_GROUP_PREFIX}same-work`,
  sessionTimeoutMs: config.TIDEWATCH_SESSION_TIMEOUT_MS,
  partitionsConcurrently: config.TIDEWATCH_PARTITIONS_CONCURRENTLY,
  logger,
});
source.onAssigned(() => {
  cache.clear();
  watermarks.clear();
});
source.onFatal((error) => {
  throw error;
});
const runner = createPipelineRunner({ source, pipeline });
process.on('SIGTERM', () => {
  void (async () => {
    await runner.stop();
    await sink.stop();
    await redis.close();
    process.exit(0);
  })();
});
process.on('disconnect', () => process.exit(1));
await runner.start();
process.send?.({ type: 'ready' });
