import type { LogSink } from '../core/ports/log.ts';
import type { StateStore } from '../core/ports/state-store.ts';
import type { TaskIndex } from '../core/ports/task-index.ts';
import type { SchemaRegistry } from '../platform/avro/schema-registry.ts';
import type { KafkaClient } from '../platform/kafka/kafka-client.ts';
import type { RedisConnection } from '../platform/redis/redis-client.ts';
import type { Installation } from '../platform/runtime/installation.ts';
import type { Logger } from '../platform/telemetry/logger.ts';
import type { Metrics } from '../platform/telemetry/metrics.ts';

/** What deliveries share with the rest of alerts. */
export interface DeliveryParts {
  readonly client: KafkaClient;
  readonly registry: SchemaRegistry;
  readonly redis: RedisConnection;
  readonly sink: LogSink;
  readonly installation: Installation;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** States and index of the tasks, for digests. */
  readonly store: StateStore;
  readonly index: TaskIndex;
}
